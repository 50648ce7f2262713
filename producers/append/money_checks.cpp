#include "producers/append/money_checks.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

#include "events/types/adjustment.h"
#include "events/types/advance.h"
#include "events/types/allocation.h"
#include "events/types/client_merge.h"
#include "events/types/fx.h"
#include "events/types/offset.h"
#include "events/types/payment_ruling.h"
#include "platform/calendar_month.h"
#include "producers/append/claim_checks.h"
#include "projections/directory/one_client.h"
#include "projections/receivables/movements.h"
#include "projections/receivables/owners.h"
#include "projections/receivables/queries.h"

namespace ledger {

namespace {

using receivables::Settlement;

std::optional<std::size_t> credit_of(const Settlement& books, const std::string& source,
                                     const std::string& id) {
  for (std::size_t i = 0; i < books.credits.size(); ++i) {
    if (books.credits[i].source == source && books.credits[i].id == id) return i;
  }
  for (const auto& again : books.doubles) {
    if (again.kind != receivables::DoubleKind::kPayment) continue;
    if (again.source == source && again.id == id) return again.first;
  }
  return std::nullopt;
}

// A booking of the bank that was told of another client before pays nothing here.
Status check_counts(const receivables::AccountRow& account, const std::string& source,
                    const std::string& id, const AsOf& ever) {
  for (const auto& payment : account.payments) {
    if (payment.known.taken_back || payment.source != source || payment.id != id) continue;
    const auto* first = receivables::told_before(account, payment, ever);
    if (first == nullptr) continue;
    return fail(
        ErrorCode::kConflict,
        fmt::format("the bank's booking is another client's already, by the payment at {}; void "
                    "the one that is wrong first",
                    to_string(first->other.position)),
        "data.payment_id");
  }
  return {};
}

// As if the event at a position had never taken anything.
void leave_out(receivables::AccountRow& account, const Position& position) {
  const auto from = [&](auto& list) {
    std::erase_if(list, [&](const auto& one) { return one.position == position; });
  };
  from(account.allocated);
  from(account.credit_applied);
  from(account.refunded);
  from(account.offsets);
  from(account.written_off);
}

}  // namespace

// So much of a credit, of an invoice, or of both.
struct MoneyChecks::Taking {
  const ClientId& client;
  const Money& amount;
  const InvoiceId* invoice = nullptr;
  bool of_credit = true;
  bool revives = true;      // what was written off may be paid after all
  std::string source = {};  // of the credit; empty for a note
  std::string id = {};
  std::string field = "data.amount";
  std::string invoice_field = "data.invoice_id";

  // Of the same, and as much or more.
  [[nodiscard]] bool covers(const Taking& other) const {
    const bool same_invoice = (invoice == nullptr) == (other.invoice == nullptr) &&
                              (invoice == nullptr || *invoice == *other.invoice);
    return same_invoice && of_credit == other.of_credit && revives == other.revives &&
           source == other.source && id == other.id && amount.currency == other.amount.currency &&
           amount.amount_minor >= other.amount.amount_minor;
  }
};

// What books have left of what is to be taken.
struct MoneyChecks::Left {
  struct Part {
    std::optional<std::int64_t> minor;  // absent: the views do not know it
    bool other_currency = false;

    void add(const Currency& wanted, const Currency& currency, std::int64_t more) {
      if (currency != wanted) {
        other_currency = true;
      } else {
        minor = minor.value_or(0) + more;
      }
    }
  };
  Part open;
  Part free;
  std::pair<std::string, std::string> money = {};  // of a payment that was told twice, the first
};

MoneyChecks::Left MoneyChecks::left_in(const Settlement& books, const Taking& taking) {
  Left left;
  for (const auto& item : books.items) {
    if (taking.invoice == nullptr || item.invoice.invoice_id != *taking.invoice) continue;
    left.open.add(taking.amount.currency, item.invoice.amount.currency,
                  item.open_minor + (taking.revives ? item.written_off_minor : 0));
  }
  const auto index = taking.of_credit ? credit_of(books, taking.source, taking.id) : std::nullopt;
  if (index) {
    const auto& credit = books.credits[*index];
    left.money = {credit.source, credit.id};
    left.free.add(taking.amount.currency, credit.amount.currency, credit.free_minor);
  }
  return left;
}

// The event that is corrected: what it took is given back, once.
struct MoneyChecks::Instead {
  const Position& position;
  std::set<std::string> given_back = {};
};

Status MoneyChecks::take(const ViewSnapshot& snapshot, const Taking& taking, Instead* instead) {
  LEDGER_TRY(const auto client,
             directory::one_client(snapshot, taking.client.text(), std::nullopt));
  LEDGER_TRY(auto account, receivables::account_of(snapshot, client));
  const AsOf ever{kLastDay, std::nullopt};
  if (taking.of_credit) LEDGER_CHECK(check_counts(account, taking.source, taking.id, ever));
  LEDGER_TRY(const auto books, receivables::settle(account, ever));
  const Left left = left_in(books, taking);
  if (taking.invoice != nullptr && !left.open.minor && !left.open.other_currency) {
    LEDGER_TRY(const auto other,
               receivables::other_owner(snapshot, *taking.invoice, client.survivor));
    if (other) {
      return fail(ErrorCode::kConflict,
                  fmt::format("invoice '{}' is another client's, as was told at {}",
                              taking.invoice->text(), to_string(other->position)),
                  taking.invoice_field);
    }
  }
  for (const auto* part : {&left.open, &left.free}) {
    if (part->minor || !part->other_currency) continue;
    return fail(ErrorCode::kConflict,
                fmt::format("the {} is not in {}", part == &left.open ? "invoice" : "payment",
                            taking.amount.currency.text()),
                taking.field + ".currency");
  }
  Left without = left;
  if (instead != nullptr) {
    leave_out(account, instead->position);
    LEDGER_TRY(const auto others, receivables::settle(account, ever));
    without = left_in(others, taking);
  }
  const std::int64_t amount = taking.amount.amount_minor;
  const auto within = [&](Left::Part Left::* part, std::int64_t& taken,
                          const std::string& what) -> Status {
    const std::int64_t known = *(left.*part).minor;
    if (instead != nullptr && instead->given_back.insert(what).second) {
      taken -= (without.*part).minor.value_or(known) - known;
    }
    const std::int64_t rest = known - taken;
    if (amount <= rest) {
      taken += amount;
      return {};
    }
    return fail(ErrorCode::kConflict,
                fmt::format("{} minor units are more than the {} that {}", amount,
                            std::max<std::int64_t>(rest, 0), what),
                taking.field + ".amount_minor");
  };
  if (left.open.minor && (left.free.minor || !taking.of_credit)) {
    LEDGER_CHECK(within(&Left::open, of_invoices_[taking.invoice->text()],
                        fmt::format("are open of invoice '{}'", taking.invoice->text())));
  }
  if (!left.free.minor) return {};
  return within(&Left::free, of_money_[left.money], fmt::format("are free of '{}'", taking.id));
}

std::vector<MoneyChecks::Taking> MoneyChecks::takings_of(const EventData& data) {
  if (const auto* said = data.get_if<PaymentAllocated>()) {
    return {{said->client_id, said->amount, &said->invoice_id, true, true, said->payment_source,
             said->payment_id}};
  }
  if (const auto* said = data.get_if<CreditNoteApplied>()) {
    return {{said->client_id, said->amount, &said->invoice_id, true, true, "",
             said->credit_note_id.text()}};
  }
  if (const auto* said = data.get_if<PaymentRefunded>()) {
    return {{said->client_id, said->amount, nullptr, true, true, said->payment_source,
             said->payment_id}};
  }
  if (const auto* said = data.get_if<InvoiceWrittenOff>()) {
    return {{said->client_id, said->amount, &said->invoice_id, false, false}};
  }
  std::vector<Taking> takings;
  const auto* offset = data.get_if<OffsetMade>();
  if (offset == nullptr) return takings;
  for (std::size_t i = 0; i < offset->ours.size(); ++i) {
    const auto& part = offset->ours[i];
    takings.push_back({offset->client_id, part.amount, &part.invoice_id, false, true, "", "",
                       fmt::format("data.ours.{}.amount", i),
                       fmt::format("data.ours.{}.invoice_id", i)});
  }
  return takings;
}

// All of the client's free money in the currency, whichever it is.
Status MoneyChecks::convert(const ViewSnapshot& snapshot, const FxConverted& conversion) {
  LEDGER_TRY(const auto client,
             directory::one_client(snapshot, conversion.client_id.text(), std::nullopt));
  LEDGER_TRY(const auto account, receivables::account_of(snapshot, client));
  LEDGER_TRY(const auto books, receivables::settle(account, {kLastDay, std::nullopt}));
  const auto& [amount, currency] = conversion.sold;
  std::int64_t free = 0;
  for (const auto& credit : books.credits) {
    if (credit.amount.currency != currency) continue;
    LEDGER_TRY(free, add_checked(free, credit.free_minor));
  }
  auto& converted = of_currencies_[{client.survivor, currency.text()}];
  free -= converted;
  if (amount <= free) {
    converted += amount;
    return {};
  }
  return fail(ErrorCode::kConflict,
              fmt::format("{} minor units are more than the {} that are free in {}", amount,
                          std::max<std::int64_t>(free, 0), currency.text()),
              "data.sold.amount_minor");
}

Status MoneyChecks::check_claims(const ViewSnapshot& snapshot, const EventData& data) const {
  if (const auto* said = data.get_if<PaymentAllocationRejected>()) {
    return check_rejection(snapshot, *said);
  }
  if (const auto* said = data.get_if<PaymentAdvanceNamed>()) return check_advance(snapshot, *said);
  const auto* said = data.get_if<DunningDeliveryChanged>();
  return said == nullptr ? Status() : check_delivery(snapshot, *said, reminders_);
}

Status MoneyChecks::check(const ViewSnapshot& snapshot, const EventData& data) {
  if (const auto* said = data.get_if<FxConverted>()) return convert(snapshot, *said);
  if (const auto* said = data.get_if<DunningSent>()) reminders_.push_back(*said);
  LEDGER_CHECK(check_claims(snapshot, data));
  const auto* advance = data.get_if<PaymentAdvanceNamed>();
  if (advance != nullptr &&
      !advances_.emplace(advance->payment_source, advance->payment_id).second) {
    return fail(ErrorCode::kConflict, "the batch names it an advance already", "data.payment_id");
  }
  for (const auto& taking : takings_of(data)) LEDGER_CHECK(take(snapshot, taking, nullptr));
  return {};
}

namespace {

template <class E>
bool same_claim(const EventData& data, const EventData& was) {
  const auto* now = data.get_if<E>();
  const auto* before = was.get_if<E>();
  return now != nullptr && before != nullptr && of_the_same(*now, *before);
}

bool claims_the_same(const EventData& data, const EventData& was) {
  return same_claim<PaymentAllocationRejected>(data, was) ||
         same_claim<PaymentAdvanceNamed>(data, was) ||
         same_claim<DunningDeliveryChanged>(data, was);
}

}  // namespace

// Each of what was asked for stands for one of what is.
bool MoneyChecks::ask_no_more(const std::vector<Taking>& takings, const EventData& was) {
  const auto before = takings_of(was);
  std::vector<bool> used(before.size(), false);
  return std::all_of(takings.begin(), takings.end(), [&](const Taking& taking) {
    for (std::size_t i = 0; i < before.size(); ++i) {
      if (used[i] || !before[i].covers(taking)) continue;
      used[i] = true;
      return true;
    }
    return false;
  });
}

Status MoneyChecks::check_corrected(const ViewSnapshot& snapshot, const EventData& data,
                                    const EventData& was, const Position& instead_of) {
  if (!claims_the_same(data, was)) LEDGER_CHECK(check_claims(snapshot, data));
  const auto takings = takings_of(data);
  if (ask_no_more(takings, was)) return {};
  Instead instead{instead_of};
  for (const auto& taking : takings) LEDGER_CHECK(take(snapshot, taking, &instead));
  return {};
}

bool takes_money(const EventData& data) {
  return data.holds<PaymentAllocated>() || data.holds<CreditNoteApplied>() ||
         data.holds<PaymentRefunded>() || data.holds<OffsetMade>() ||
         data.holds<InvoiceWrittenOff>() || data.holds<FxConverted>() ||
         data.holds<ClientSplit>() || data.holds<PaymentAllocationRejected>() ||
         data.holds<PaymentAdvanceNamed>() || data.holds<DunningDeliveryChanged>();
}

}  // namespace ledger
