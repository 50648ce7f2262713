#include "projections/receivables/fold.h"

#include <algorithm>
#include <set>
#include <string>

#include "projections/receivables/owners.h"

namespace ledger::receivables {

namespace {

template <class E>
void say(const E& event, const EventMeta& meta, ViewBatch& batch,
         std::vector<Said<E>> AccountRow::* list) {
  contribute(batch.edit<AccountRow>(event.client_id.text()).*list, meta,
             {meta.position, {}, event});
}

// Of a day of its own; what lies on one day is told apart by its time.
template <class E>
void tell(const E& event, const EventMeta& meta, ViewBatch& batch, Date day,
          std::vector<Told<E>> AccountRow::* list) {
  contribute(batch.edit<AccountRow>(event.client_id.text()).*list, meta,
             {meta.position, {}, meta.time, day, event});
}

}  // namespace

void Fold::apply(const PaymentReceived& event, const EventMeta& meta, ViewBatch& batch) {
  if (!meta.client) return;  // waits among the unmatched
  contribute(batch.edit<AccountRow>(meta.client->text()).payments, meta,
             {meta.position,
              {},
              meta.source,
              meta.id,
              event.bank_reference,
              event.booked_on,
              event.amount,
              event.our_account,
              event.purpose.value_or(""),
              event.invoice_ids,
              event.contract_id});
  const auto key = booking_key(event.our_account, event.bank_reference, event.amount);
  if (key.empty()) return;
  auto& owners = batch.edit<BookingOwners>(key).owners;
  contribute(owners, meta,
             {meta.position, {}, meta.client->text(), meta.source, meta.id, event.booked_on});
  std::set<std::string> clients;
  for (const auto& owner : owners) clients.insert(owner.client_id);
  if (clients.size() == 1) return;
  for (const auto& client : clients) {
    auto& shared = batch.edit<SharedBookingsRow>(client).bookings;
    const auto at = std::lower_bound(shared.begin(), shared.end(), key);
    if (at == shared.end() || *at != key) shared.insert(at, key);
  }
}

void Fold::apply(const InvoiceIssued& event, const EventMeta& meta, ViewBatch& batch) {
  say(event, meta, batch, &AccountRow::invoices);
  contribute(batch.edit<InvoiceOwners>(event.invoice_id.text()).owners, meta,
             {meta.position, {}, event.client_id.text(), meta.source, meta.id, event.issued_on});
}

void Fold::apply(const PaymentAllocated& event, const EventMeta& meta, ViewBatch& batch) {
  say(event, meta, batch, &AccountRow::allocated);
}

void Fold::apply(const PaymentDeallocated& event, const EventMeta& meta, ViewBatch& batch) {
  say(event, meta, batch, &AccountRow::deallocated);
}

void Fold::apply(const PaymentAllocationRejected& event, const EventMeta& meta, ViewBatch& batch) {
  say(event, meta, batch, &AccountRow::allocation_rejected);
}

void Fold::apply(const PaymentAdvanceNamed& event, const EventMeta& meta, ViewBatch& batch) {
  contribute(batch.edit<AccountRow>(event.client_id.text()).advances, meta,
             {meta.position, {}, meta.source, meta.id, event});
}

void Fold::apply(const PaymentRefunded& event, const EventMeta& meta, ViewBatch& batch) {
  say(event, meta, batch, &AccountRow::refunded);
}

void Fold::apply(const PaymentReversed& event, const EventMeta& meta, ViewBatch& batch) {
  say(event, meta, batch, &AccountRow::reversed);
}

void Fold::apply(const CreditNoteIssued& event, const EventMeta& meta, ViewBatch& batch) {
  say(event, meta, batch, &AccountRow::credit_notes);
}

void Fold::apply(const CreditNoteApplied& event, const EventMeta& meta, ViewBatch& batch) {
  say(event, meta, batch, &AccountRow::credit_applied);
}

void Fold::apply(const InvoiceWrittenOff& event, const EventMeta& meta, ViewBatch& batch) {
  say(event, meta, batch, &AccountRow::written_off);
}

void Fold::apply(const InvoiceCancelled& event, const EventMeta& meta, ViewBatch& batch) {
  say(event, meta, batch, &AccountRow::cancelled);
}

void Fold::apply(const FxConverted& event, const EventMeta& meta, ViewBatch& batch) {
  contribute(
      batch.edit<AccountRow>(event.client_id.text()).converted, meta,
      {meta.position, {}, meta.source, meta.id, event.converted_on, event.sold, event.bought});
}

void Fold::apply(const DisputeOpened& event, const EventMeta& meta, ViewBatch& batch) {
  say(event, meta, batch, &AccountRow::disputes);
}

void Fold::apply(const DisputeClosed& event, const EventMeta& meta, ViewBatch& batch) {
  say(event, meta, batch, &AccountRow::disputes_closed);
}

void Fold::apply(const PromiseToPayMade& event, const EventMeta& meta, ViewBatch& batch) {
  say(event, meta, batch, &AccountRow::promises);
}

void Fold::apply(const DunningSent& event, const EventMeta& meta, ViewBatch& batch) {
  tell(event, meta, batch, event.sent_on, &AccountRow::dunning);
}

void Fold::apply(const DunningDeliveryChanged& event, const EventMeta& meta, ViewBatch& batch) {
  tell(event, meta, batch, event.changed_on, &AccountRow::dunning_delivery);
}

void Fold::apply(const CreditLimitSet& event, const EventMeta& meta, ViewBatch& batch) {
  say(event, meta, batch, &AccountRow::limits);
}

void Fold::apply(const ShipmentStopped& event, const EventMeta& meta, ViewBatch& batch) {
  say(event, meta, batch, &AccountRow::stops);
}

void Fold::apply(const ShipmentReleased& event, const EventMeta& meta, ViewBatch& batch) {
  say(event, meta, batch, &AccountRow::releases);
}

void Fold::apply(const OrderPlaced& event, const EventMeta& meta, ViewBatch& batch) {
  say(event, meta, batch, &AccountRow::orders);
}

void Fold::apply(const OrderClosed& event, const EventMeta& meta, ViewBatch& batch) {
  say(event, meta, batch, &AccountRow::orders_closed);
}

void Fold::apply(const OffsetMade& event, const EventMeta& meta, ViewBatch& batch) {
  contribute(batch.edit<AccountRow>(event.client_id.text()).offsets, meta,
             {meta.position, {}, meta.source, meta.id, event});
}

void Fold::apply(const ClientTermsSet& event, const EventMeta& meta, ViewBatch& batch) {
  say(event, meta, batch, &AccountRow::terms);
}

void Fold::apply(const ContractSigned& event, const EventMeta& meta, ViewBatch& batch) {
  say(event, meta, batch, &AccountRow::contracts);
}

void Fold::apply(const DeliveryMade& event, const EventMeta& meta, ViewBatch& batch) {
  say(event, meta, batch, &AccountRow::deliveries);
}

void Fold::apply(const DocumentReturned& event, const EventMeta& meta, ViewBatch& batch) {
  say(event, meta, batch, &AccountRow::returned);
}

}  // namespace ledger::receivables
