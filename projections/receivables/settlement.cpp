#include "projections/receivables/settlement.h"

#include <algorithm>
#include <unordered_map>

#include "projections/receivables/movements.h"

namespace ledger::receivables {

namespace {

// Instructions wait here until they are carried out wholly.
struct Want {
  enum class Kind { kAllocate, kWriteOff, kRefund, kConvert };
  Kind kind{};
  std::string_view type;
  Position position;
  CreditKey credit;
  const InvoiceId* invoice = nullptr;
  Money rest;
  const Conversion* conversion = nullptr;
  bool may_wait = false;  // a rest is no conflict
};

class Books {
  using Item = Settlement::Item;
  using Credit = Settlement::Credit;
  using Slice = Settlement::Slice;

 public:
  explicit Books(std::vector<Movement> movements) : movements_(std::move(movements)) {
    for (const auto& movement : movements_) {
      if (const auto* said = std::get_if<const Said<PaymentRefunded>*>(&movement.entry)) {
        refunds_ahead_.push_back(*said);
      }
    }
  }

  Result<Settlement> close() {
    for (const auto& movement : movements_) {
      today_ = movement.on;
      LEDGER_CHECK(std::visit([&](const auto* entry) { return enter(*entry); }, movement.entry));
      // A conversion brings money that an earlier want may have waited for.
      for (bool again = true; again;) {
        LEDGER_TRY(again, serve_wants());
      }
    }
    for (const auto& want : wants_) {
      if (!want.may_wait) books_.conflicts.push_back({want.type, want.position, want.rest});
    }
    return std::move(books_);
  }

 private:
  // Who said so first is served first.
  void wait(const Want& want) {
    const auto later = std::upper_bound(
        wants_.begin(), wants_.end(), want.position,
        [](const Position& mine, const Want& other) { return mine < other.position; });
    wants_.insert(later, want);
  }

  Status move(const Currency& currency, std::int64_t amount_minor) {
    auto& balance = books_.balances_minor[currency];
    LEDGER_TRY(balance, add_checked(balance, amount_minor));
    return {};
  }

  Status open_item(Item item) {
    item.open_minor = item.invoice.amount.amount_minor;
    LEDGER_CHECK(move(item.invoice.amount.currency, item.open_minor));
    auto& same = items_by_id_[item.invoice.invoice_id.text()];
    const auto later = std::find_if(same.begin(), same.end(), [&](std::size_t other) {
      return item.invoice.due_on < books_.items[other].invoice.due_on;
    });
    same.insert(later, books_.items.size());
    books_.items.push_back(std::move(item));
    return {};
  }

  Status open_credit(Credit credit, const CreditKey& key) {
    credit.free_minor = credit.amount.amount_minor;
    LEDGER_CHECK(move(credit.amount.currency, -credit.free_minor));
    credits_by_key_.emplace(key, books_.credits.size());
    books_.credits.push_back(std::move(credit));
    return {};
  }

  Credit* credit_of(const CreditKey& key, const Currency& currency) {
    const auto found = credits_by_key_.find(key);
    if (found == credits_by_key_.end()) return nullptr;
    Credit& credit = books_.credits[found->second];
    return credit.amount.currency == currency ? &credit : nullptr;
  }

  Status enter(const Said<InvoiceIssued>& said) {
    return open_item({ItemKind::kInvoice, said.position, said.data});
  }

  Status enter(const Payment& payment) {
    return open_credit({CreditKind::kPayment, payment.position, payment.source, payment.id,
                        payment.booked_on, payment.amount},
                       key_of(payment));
  }

  Status enter(const Said<CreditNoteIssued>& said) {
    const CreditNoteIssued& note = said.data;
    const CreditKey key = key_of(note.credit_note_id);
    LEDGER_CHECK(open_credit({CreditKind::kCreditNote,
                              said.position,
                              {},
                              note.credit_note_id.text(),
                              note.issued_on,
                              note.amount},
                             key));
    if (note.invoice_id) {
      wait({Want::Kind::kAllocate, CreditNoteIssued::kName, said.position, key, &*note.invoice_id,
            note.amount, nullptr, true});
    }
    return {};
  }

  Status enter(const Said<PaymentAllocated>& said) {
    wait({Want::Kind::kAllocate, PaymentAllocated::kName, said.position, payment_of(said.data),
          &said.data.invoice_id, said.data.amount});
    return {};
  }

  Status enter(const Said<CreditNoteApplied>& said) {
    wait({Want::Kind::kAllocate, CreditNoteApplied::kName, said.position,
          key_of(said.data.credit_note_id), &said.data.invoice_id, said.data.amount});
    return {};
  }

  Status enter(const Said<InvoiceWrittenOff>& said) {
    wait({Want::Kind::kWriteOff,
          InvoiceWrittenOff::kName,
          said.position,
          {},
          &said.data.invoice_id,
          said.data.amount});
    return {};
  }

  Status enter(const Said<PaymentRefunded>& said) {
    std::erase(refunds_ahead_, &said);
    wait({Want::Kind::kRefund, PaymentRefunded::kName, said.position, payment_of(said.data),
          nullptr, said.data.amount});
    return {};
  }

  Status enter(const Conversion& conversion) {
    wait({Want::Kind::kConvert, "fx.converted", conversion.position,
          CreditKey(conversion.source, conversion.id), nullptr, conversion.sold, &conversion});
    return {};
  }

  Status enter(const Said<InvoiceCancelled>& said) {
    drop_wants(said.position, [&](const Want& want) {
      return want.invoice != nullptr && *want.invoice == said.data.invoice_id;
    });
    for (const std::size_t index : items_by_id_[said.data.invoice_id.text()]) {
      Item& item = books_.items[index];
      if (item.cancelled || item.kind != ItemKind::kInvoice) continue;
      undo([&](const Slice& slice) { return slice.item == index; });
      LEDGER_CHECK(move(item.invoice.amount.currency, -item.open_minor));
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
    undo([&](const Slice& slice) { return slice.credit == found->second; });
    drop_wants(said.position, [&](const Want& want) {
      return want.kind == Want::Kind::kAllocate && want.credit == payment_of(said.data);
    });
    Credit& credit = books_.credits[found->second];
    LEDGER_CHECK(move(credit.amount.currency, credit.free_minor));
    credit.free_minor = 0;
    credit.reversed = true;
    if (credit.spent_minor == 0) return {};
    InvoiceIssued owed;
    owed.invoice_id = InvoiceId(credit.id);
    owed.number = credit.id;
    owed.client_id = said.data.client_id;
    owed.issued_on = owed.due_on = said.data.reversed_on;
    owed.amount = {credit.spent_minor, credit.amount.currency};
    return open_item({ItemKind::kRefund, said.position, std::move(owed)});
  }

  // What was undone altogether does not wait for more, unless it was said again afterwards.
  template <class Which>
  void drop_wants(const Position& before, Which which) {
    std::erase_if(wants_, [&](const Want& want) { return want.position < before && which(want); });
  }

  template <class Which>
  void undo(Which which) {
    std::erase_if(books_.slices, [&](const Slice& slice) {
      if (!which(slice)) return false;
      books_.items[slice.item].open_minor += slice.amount_minor;
      books_.credits[slice.credit].free_minor += slice.amount_minor;
      return true;
    });
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
    std::erase_if(wants_, [](const Want& want) { return want.rest.amount_minor == 0; });
    return brought;
  }

  std::int64_t spoken_for(const Want& want) const {
    std::int64_t sum = 0;
    for (const auto* said : refunds_ahead_) {
      if (said->position < want.position && payment_of(said->data) == want.credit &&
          said->data.amount.currency == want.rest.currency) {
        sum += said->data.amount.amount_minor;
      }
    }
    return sum;
  }

  Status allocate(Want& want) {
    Credit* credit = credit_of(want.credit, want.rest.currency);
    if (credit == nullptr) return {};
    const std::int64_t usable = credit->free_minor - spoken_for(want);
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
      LEDGER_CHECK(move(item.invoice.amount.currency, revived));
      taken += revived;
      if (taken == 0) continue;
      books_.slices.push_back({index, i, taken, today_});
      credit->free_minor -= taken;
      want.rest.amount_minor -= taken;
      left -= taken;
    }
    return {};
  }

  Status write_off(Want& want) {
    for (const std::size_t i : items_by_id_[want.invoice->text()]) {
      Item& item = books_.items[i];
      if (item.invoice.amount.currency != want.rest.currency) continue;
      const std::int64_t taken = std::min(want.rest.amount_minor, item.open_minor);
      item.open_minor -= taken;
      item.written_off_minor += taken;
      want.rest.amount_minor -= taken;
      LEDGER_CHECK(move(item.invoice.amount.currency, -taken));
    }
    return {};
  }

  Status refund(Want& want) {
    Credit* credit = credit_of(want.credit, want.rest.currency);
    if (credit == nullptr) return {};
    const std::int64_t taken = std::min(want.rest.amount_minor, credit->free_minor);
    want.rest.amount_minor -= taken;
    return spend(*credit, taken);
  }

  Status spend(Credit& credit, std::int64_t amount_minor) {
    credit.free_minor -= amount_minor;
    credit.spent_minor += amount_minor;
    return move(credit.amount.currency, amount_minor);
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
      LEDGER_CHECK(spend(credit, taken));
    }
    const Conversion& conversion = *want.conversion;
    LEDGER_CHECK(open_credit({CreditKind::kConversion, conversion.position, conversion.source,
                              conversion.id, today_, conversion.bought},
                             want.credit));
    return true;
  }

  std::vector<Movement> movements_;
  Date today_;
  Settlement books_;
  std::vector<Want> wants_;
  std::vector<const Said<PaymentRefunded>*> refunds_ahead_;
  std::unordered_map<std::string, std::vector<std::size_t>> items_by_id_;
  std::map<CreditKey, std::size_t> credits_by_key_;
};

}  // namespace

Result<Settlement> settle(const AccountRow& account, const AsOf& as_of) {
  return Books(movements(account, as_of)).close();
}

}  // namespace ledger::receivables
