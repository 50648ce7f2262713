#include "projections/invoice_numbers/fold.h"

#include "projections/receivables/named_numbers.h"

namespace ledger::invoice_numbers {

void Fold::apply(const InvoiceIssued& event, const EventMeta& meta, ViewBatch& batch) {
  const std::string key = number_key(event.number);
  if (key.empty()) return;
  contribute(batch.edit<NumberRow>(key).invoices, meta,
             {meta.position,
              {},
              event.client_id.text(),
              event.invoice_id.text(),
              event.number,
              event.issued_on});
}

}  // namespace ledger::invoice_numbers
