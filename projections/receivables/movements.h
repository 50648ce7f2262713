#pragma once

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

using Entry =
    std::variant<const Said<InvoiceIssued>*, const Payment*, const Said<CreditNoteIssued>*,
                 const Said<PaymentAllocated>*, const Said<CreditNoteApplied>*,
                 const Said<InvoiceWrittenOff>*, const Said<InvoiceCancelled>*,
                 const Said<PaymentRefunded>*, const Said<PaymentReversed>*, const Conversion*>;

struct Movement {
  Date on;
  int rank = 0;  // within a day: what is owed and paid first, then what is done with it
  Position position;
  Entry entry;
};

// What can be seen of an account, by business date. They point into the account. Allocations
// that were undone are left out.
[[nodiscard]] std::vector<Movement> movements(const AccountRow& account, const AsOf& as_of);

}  // namespace ledger::receivables
