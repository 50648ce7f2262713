#include "projections/receivables/fold.h"

namespace ledger::receivables {

void Fold::apply(const InvoiceIssued& event, const EventMeta& meta, ViewBatch& batch) {
  contribute(
      batch.edit<AccountRow>(event.client_id.text()).invoices, meta,
      {meta.position, event.invoice_id, event.number, event.issued_on, event.due_on, event.amount});
}

void Fold::apply(const PaymentReceived& event, const EventMeta& meta, ViewBatch& batch) {
  if (!meta.client) return;  // waits among the unmatched
  contribute(batch.edit<AccountRow>(meta.client->text()).payments, meta,
             {meta.position, event.bank_reference, event.booked_on, event.amount});
}

}  // namespace ledger::receivables
