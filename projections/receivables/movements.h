#pragma once

#include <compare>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "projections/receivables/settlement.h"

namespace ledger::receivables {

// How instructions name a credit: a payment by source and id, a credit note by its id alone.
using CreditKey = std::pair<std::string_view, std::string_view>;

[[nodiscard]] inline CreditKey key_of(const CreditNoteId& note) { return {{}, note.text()}; }
[[nodiscard]] inline CreditKey key_of(const Payment& payment) {
  return {payment.source, payment.id};
}
template <class E>
[[nodiscard]] CreditKey payment_of(const E& event) {
  return {event.payment_source, event.payment_id};
}

using Entry = std::variant<const Said<InvoiceIssued>*, const Payment*,
                           const Said<CreditNoteIssued>*, const Said<PaymentAllocated>*,
                           const Said<CreditNoteApplied>*, const Said<InvoiceWrittenOff>*,
                           const Said<InvoiceCancelled>*, const Said<PaymentRefunded>*,
                           const Said<PaymentReversed>*, const Conversion*, const Offset*>;

// When something was said among all that was said of an account: within a partition its offset
// tells it, also of what was corrected since; the cards of one client may lie in two, then the
// times of recording do.
struct SaidAt {
  Timestamp at;  // not after what its partition holds behind it
  Position position;
  auto operator<=>(const SaidAt&) const = default;
};

struct Movement {
  Date on;
  int rank = 0;  // within a day: what is owed and paid first, then what is done with it
  SaidAt said;
  Entry entry;
};

// What can be seen of an account, by business date, and within one by what was said first. They
// point into the account. Allocations that were undone are left out.
[[nodiscard]] std::vector<Movement> movements(const AccountRow& account, const AsOf& as_of);

}  // namespace ledger::receivables
