#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "projections/receivables/settlement.h"

namespace ledger::receivables {

// What nobody asks for any more, and what came of it all the same (domain-semantics.md 4b: a
// write-off stays in a register, a later payment reverses it by that amount).
struct WriteOff {
  InvoiceWrittenOff data;  // its amount is what was to be written off
  Position position;
  std::string number;                  // of the invoice
  std::int64_t written_off_minor = 0;  // no more than was open
  std::int64_t paid_minor = 0;         // of that, since: by money and credit notes for the invoice

  [[nodiscard]] std::int64_t rest_minor() const { return written_off_minor - paid_minor; }
};
// Of an account, by day, then position; of one invoice the oldest is paid first. Without those of
// invoices that were cancelled, and those that found nothing open. kOutOfRange beyond int64.
[[nodiscard]] Result<std::vector<WriteOff>> write_offs(const AccountRow& account,
                                                       const AsOf& as_of);

}  // namespace ledger::receivables
