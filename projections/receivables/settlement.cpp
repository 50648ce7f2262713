#include "projections/receivables/settlement.h"

#include <algorithm>
#include <unordered_map>

#include "events/types/payment.h"
#include "projections/receivables/wants.h"

namespace ledger::receivables {

namespace {

// The event that is being carried out.
struct Cause {
  std::string_view type;
  Position position;
};

class Books {
  using Item = Settlement::Item;
  using Credit = Settlement::Credit;
  using Slice = Settlement::Slice;
  using Posting = Settlement::Posting;

 public:
  Books(std::vector<Movement> movements, DueDates due_dates)
      : movements_(std::move(movements)), due_dates_(std::move(due_dates)), wants_(movements_) {}

  Result<Settlement> close() {
    for (const auto& movement : movements_) {
      today_ = movement.on;
      said_ = movement.said;
      LEDGER_CHECK(std::visit([&](const auto* entry) { return enter(*entry); }, movement.entry));
      // A conversion brings money that an earlier want may have waited for.
      for (bool again = true; again;) {
        LEDGER_TRY(again, serve_wants());
      }
    }
    for (const auto& want : wants_) {
      if (!want.may_wait) books_.conflicts.push_back({want.type, want.said.position, want.rest});
    }
    return std::move(books_);
  }

 private:
  // What is posted changes the balance, too; open and free amounts are changed by who posts.
  Status post(const Cause& cause, Posting posting) {
    if (posting.balance_minor == 0 && posting.open_minor == 0) return {};
    auto& balance = books_.balances_minor[posting.currency];
    LEDGER_TRY(balance, add_checked(balance, posting.balance_minor));
    posting.on = today_;
    posting.type = cause.type;
    posting.position = cause.position;
    books_.postings.push_back(std::move(posting));
    return {};
  }

  static Posting of_item(std::size_t item, const Currency& currency) {
    Posting posting;
    posting.item = item;
    posting.currency = currency;
    return posting;
  }

  static Posting of_credit(std::size_t credit, const Currency& currency) {
    Posting posting;
    posting.credit = credit;
    posting.currency = currency;
    return posting;
  }

  Status open_item(const Cause& cause, Item item, std::size_t credit = Posting::kNone) {
    item.open_minor = item.invoice.amount.amount_minor;
    Posting posting = of_item(books_.items.size(), item.invoice.amount.currency);
    posting.credit = credit;
    posting.balance_minor = posting.open_minor = item.open_minor;
    LEDGER_CHECK(post(cause, std::move(posting)));
    auto& same = items_by_id_[item.invoice.invoice_id.text()];
    const auto later = std::find_if(same.begin(), same.end(), [&](std::size_t other) {
      return item.due.on < books_.items[other].due.on;
    });
    same.insert(later, books_.items.size());
    books_.items.push_back(std::move(item));
    return {};
  }

  Status open_credit(const Cause& cause, Credit credit, const CreditKey& key) {
    credit.free_minor = credit.amount.amount_minor;
    Posting posting = of_credit(books_.credits.size(), credit.amount.currency);
    posting.balance_minor = -credit.free_minor;
    LEDGER_CHECK(post(cause, std::move(posting)));
    credits_by_key_.emplace(key, books_.credits.size());
    books_.credits.push_back(std::move(credit));
    return {};
  }

  Status again(Settlement::Double told) {
    books_.doubles.push_back(std::move(told));
    return {};
  }

  Credit* credit_of(const CreditKey& key, const Currency& currency) {
    const auto found = credits_by_key_.find(key);
    if (found == credits_by_key_.end()) return nullptr;
    Credit& credit = books_.credits[found->second];
    return credit.amount.currency == currency ? &credit : nullptr;
  }

  // The first of its id that was not cancelled; more than one is that invoice told again.
  Status enter(const Said<InvoiceIssued>& said) {
    const auto [first, fresh] = invoiced_.emplace(said.data.invoice_id.text(), books_.items.size());
    if (!fresh && !books_.items[first->second].cancelled) {
      return again(
          {DoubleKind::kInvoice, said.position, "", std::string(first->first), first->second});
    }
    first->second = books_.items.size();
    for (const auto& part : due_dates_.of(said.data)) {
      Item item{ItemKind::kInvoice, said.position, said.data, said.known.recorded, part.due};
      item.invoice.amount.amount_minor = part.amount_minor;
      LEDGER_CHECK(open_item({InvoiceIssued::kName, said.position}, std::move(item)));
    }
    return {};
  }

  Status enter(const Payment& payment) {
    if (const auto first = bookings_.find_or_take(payment, books_.credits.size())) {
      credits_by_key_.emplace(key_of(payment), *first);
      return again({DoubleKind::kPayment, payment.position, payment.source, payment.id, *first});
    }
    return open_credit({PaymentReceived::kName, payment.position},
                       {CreditKind::kPayment, payment.position, payment.source, payment.id,
                        payment.booked_on, payment.amount},
                       key_of(payment));
  }

  Status enter(const Said<CreditNoteIssued>& said) {
    const CreditNoteIssued& note = said.data;
    const CreditKey key = key_of(note.credit_note_id);
    const std::string& id = note.credit_note_id.text();
    if (const auto first = credits_by_key_.find(key); first != credits_by_key_.end()) {
      return again({DoubleKind::kCreditNote, said.position, "", id, first->second});
    }
    LEDGER_CHECK(open_credit(
        {CreditNoteIssued::kName, said.position},
        {CreditKind::kCreditNote, said.position, "", id, note.issued_on, note.amount}, key));
    if (note.invoice_id) {
      wants_.add({Want::Kind::kAllocate, CreditNoteIssued::kName, said_, key, &*note.invoice_id,
                  note.amount, nullptr, true});
    }
    return {};
  }

  Status enter(const Offset& offset) {
    const OffsetMade& made = offset.data;
    const CreditKey key(offset.source, offset.id);
    LEDGER_CHECK(open_credit(
        {OffsetMade::kName, offset.position},
        {CreditKind::kOffset, offset.position, offset.source, offset.id, made.made_on, made.amount},
        key));
    for (const auto& part : made.ours) {
      wants_.add(
          {Want::Kind::kAllocate, OffsetMade::kName, said_, key, &part.invoice_id, part.amount});
    }
    return {};
  }

  Status enter(const Said<PaymentAllocated>& said) {
    wants_.add({Want::Kind::kAllocate, PaymentAllocated::kName, said_, payment_of(said.data),
                &said.data.invoice_id, said.data.amount});
    return {};
  }

  Status enter(const Said<CreditNoteApplied>& said) {
    wants_.add({Want::Kind::kAllocate, CreditNoteApplied::kName, said_,
                key_of(said.data.credit_note_id), &said.data.invoice_id, said.data.amount});
    return {};
  }

  Status enter(const Said<InvoiceWrittenOff>& said) {
    wants_.add({Want::Kind::kWriteOff,
                InvoiceWrittenOff::kName,
                said_,
                {},
                &said.data.invoice_id,
                said.data.amount});
    return {};
  }

  Status enter(const Said<PaymentRefunded>& said) {
    wants_.refund_due(said);
    wants_.add({Want::Kind::kRefund, PaymentRefunded::kName, said_, payment_of(said.data), nullptr,
                said.data.amount});
    return {};
  }

  Status enter(const Conversion& conversion) {
    wants_.add({Want::Kind::kConvert, "fx.converted", said_,
                CreditKey(conversion.source, conversion.id), nullptr, conversion.sold,
                &conversion});
    return {};
  }

  Status enter(const Said<InvoiceCancelled>& said) {
    wants_.drop(said_, [&](const Want& want) {
      return want.invoice != nullptr && *want.invoice == said.data.invoice_id;
    });
    for (const std::size_t index : items_by_id_[said.data.invoice_id.text()]) {
      Item& item = books_.items[index];
      if (item.cancelled || item.kind != ItemKind::kInvoice) continue;
      const Cause cause{InvoiceCancelled::kName, said.position};
      LEDGER_CHECK(undo(cause, [&](const Slice& slice) { return slice.item == index; }));
      Posting posting = of_item(index, item.invoice.amount.currency);
      posting.balance_minor = posting.open_minor = -item.open_minor;
      LEDGER_CHECK(post(cause, std::move(posting)));
      item.open_minor = 0;
      item.written_off_minor = 0;
      item.cancelled = true;
    }
    return {};
  }

  Status enter(const Said<PaymentReversed>& said) {
    const auto found = credits_by_key_.find(payment_of(said.data));
    if (found == credits_by_key_.end() || books_.credits[found->second].reversed) {
      return {};
    }
    const Cause cause{PaymentReversed::kName, said.position};
    LEDGER_CHECK(undo(cause, [&](const Slice& slice) { return slice.credit == found->second; }));
    wants_.drop(said_, [&](const Want& want) {
      return want.kind == Want::Kind::kAllocate && want.credit == payment_of(said.data);
    });
    Credit& credit = books_.credits[found->second];
    Posting posting = of_credit(found->second, credit.amount.currency);
    posting.balance_minor = credit.free_minor;
    LEDGER_CHECK(post(cause, std::move(posting)));
    credit.free_minor = 0;
    credit.reversed = true;
    if (credit.spent_minor == 0) return {};
    InvoiceIssued owed;
    owed.invoice_id = InvoiceId(credit.id);
    owed.number = credit.id;
    owed.client_id = said.data.client_id;
    owed.issued_on = today_;
    owed.amount = {credit.spent_minor, credit.amount.currency};
    Due due;
    due.on = due.base_on = today_;
    return open_item(cause,
                     {ItemKind::kRefund, said.position, std::move(owed), said.known.recorded, due},
                     found->second);
  }

  template <class Which>
  Status undo(const Cause& cause, Which which) {
    for (const Slice& slice : books_.slices) {
      if (!which(slice)) continue;
      Item& item = books_.items[slice.item];
      item.open_minor += slice.amount_minor;
      books_.credits[slice.credit].free_minor += slice.amount_minor;
      Posting posting = of_item(slice.item, item.invoice.amount.currency);
      posting.credit = slice.credit;
      posting.open_minor = slice.amount_minor;
      LEDGER_CHECK(post(cause, std::move(posting)));
    }
    std::erase_if(books_.slices, which);
    return {};
  }

  // True if one of them brought in new money.
  Result<bool> serve_wants() {
    bool brought = false;
    for (Want& want : wants_) {
      switch (want.kind) {
        case Want::Kind::kAllocate:
          LEDGER_CHECK(allocate(want));
          break;
        case Want::Kind::kWriteOff:
          LEDGER_CHECK(write_off(want));
          break;
        case Want::Kind::kRefund:
          LEDGER_CHECK(refund(want));
          break;
        case Want::Kind::kConvert: {
          LEDGER_TRY(const bool converted, convert(want));
          brought = brought || converted;
          break;
        }
      }
    }
    wants_.drop_served();
    return brought;
  }

  Status allocate(Want& want) {
    Credit* credit = credit_of(want.credit, want.rest.currency);
    if (credit == nullptr) return {};
    const std::int64_t usable = credit->free_minor - wants_.spoken_for(want);
    const auto index = static_cast<std::size_t>(credit - books_.credits.data());
    std::int64_t left = std::clamp<std::int64_t>(usable, 0, want.rest.amount_minor);
    for (const std::size_t i : items_by_id_[want.invoice->text()]) {
      Item& item = books_.items[i];
      if (item.invoice.amount.currency != want.rest.currency) continue;
      std::int64_t taken = std::min(left, item.open_minor);
      item.open_minor -= taken;
      // Paid after all: that much of the write-off is taken back.
      const std::int64_t revived =
          want.may_wait ? 0 : std::min(left - taken, item.written_off_minor);
      item.written_off_minor -= revived;
      Posting posting = of_item(i, item.invoice.amount.currency);
      posting.credit = index;
      posting.balance_minor = revived;
      posting.open_minor = -taken;
      LEDGER_CHECK(post({want.type, want.said.position}, std::move(posting)));
      taken += revived;
      if (taken == 0) continue;
      books_.slices.push_back({index, i, taken, today_});
      credit->free_minor -= taken;
      want.rest.amount_minor -= taken;
      left -= taken;
    }
    return {};
  }

  // On its day or never: what is open later is another debt, which nobody has given up.
  Status write_off(Want& want) {
    if (want.tried) return {};
    want.tried = true;
    for (const std::size_t i : items_by_id_[want.invoice->text()]) {
      Item& item = books_.items[i];
      if (item.invoice.amount.currency != want.rest.currency) continue;
      const std::int64_t taken = std::min(want.rest.amount_minor, item.open_minor);
      item.open_minor -= taken;
      item.written_off_minor += taken;
      want.rest.amount_minor -= taken;
      Posting posting = of_item(i, item.invoice.amount.currency);
      posting.balance_minor = posting.open_minor = -taken;
      LEDGER_CHECK(post({want.type, want.said.position}, std::move(posting)));
    }
    return {};
  }

  Status refund(Want& want) {
    Credit* credit = credit_of(want.credit, want.rest.currency);
    if (credit == nullptr) return {};
    const std::int64_t taken = std::min(want.rest.amount_minor, credit->free_minor);
    want.rest.amount_minor -= taken;
    return spend({want.type, want.said.position}, *credit, taken);
  }

  Status spend(const Cause& cause, Credit& credit, std::int64_t amount_minor) {
    credit.free_minor -= amount_minor;
    credit.spent_minor += amount_minor;
    const auto index = static_cast<std::size_t>(&credit - books_.credits.data());
    Posting posting = of_credit(index, credit.amount.currency);
    posting.balance_minor = amount_minor;
    return post(cause, std::move(posting));
  }

  // Whole or not at all: a part would need a rate that nobody agreed on. The oldest credit goes
  // first.
  Result<bool> convert(Want& want) {
    std::int64_t free = 0;
    for (const auto& credit : books_.credits) {
      if (credit.amount.currency != want.rest.currency) continue;
      LEDGER_TRY(free, add_checked(free, credit.free_minor));
    }
    if (want.rest.amount_minor == 0 || free < want.rest.amount_minor) return false;
    for (auto& credit : books_.credits) {
      if (credit.amount.currency != want.rest.currency) continue;
      const std::int64_t taken = std::min(want.rest.amount_minor, credit.free_minor);
      want.rest.amount_minor -= taken;
      LEDGER_CHECK(spend({want.type, want.said.position}, credit, taken));
    }
    const Conversion& conversion = *want.conversion;
    LEDGER_CHECK(open_credit({want.type, want.said.position},
                             {CreditKind::kConversion, conversion.position, conversion.source,
                              conversion.id, today_, conversion.bought},
                             want.credit));
    return true;
  }

  std::vector<Movement> movements_;
  DueDates due_dates_;
  Date today_;
  SaidAt said_;  // what is being carried out
  Settlement books_;
  Wants wants_;  // made of movements_
  std::unordered_map<std::string, std::vector<std::size_t>> items_by_id_;
  std::map<std::string_view, std::size_t> invoiced_;  // first item, by invoice
  std::map<CreditKey, std::size_t> credits_by_key_;
  Bookings bookings_;
};

}  // namespace

Result<Settlement> settle(const AccountRow& account, const AsOf& as_of) {
  return Books(movements(account, as_of), DueDates(account, as_of)).close();
}

}  // namespace ledger::receivables
