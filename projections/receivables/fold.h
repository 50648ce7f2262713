#pragma once

#include "events/types/fx.h"
#include "events/types/payment.h"
#include "projections/event_meta.h"
#include "projections/receivables/rows.h"
#include "projections/store/view_batch.h"

namespace ledger::receivables {

struct Fold {
  static constexpr std::string_view kName = receivables::kName;
  static constexpr int kVersion = receivables::kVersion;

  static void apply(const InvoiceIssued& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const PaymentReceived& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const PaymentAllocated& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const PaymentDeallocated& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const PaymentAllocationRejected& event, const EventMeta& meta,
                    ViewBatch& batch);
  static void apply(const PaymentAdvanceNamed& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const PaymentRefunded& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const PaymentReversed& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const CreditNoteIssued& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const CreditNoteApplied& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const InvoiceWrittenOff& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const InvoiceCancelled& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const FxConverted& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const DisputeOpened& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const DisputeClosed& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const PromiseToPayMade& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const DunningSent& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const DunningDeliveryChanged& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const CreditLimitSet& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const ShipmentStopped& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const ShipmentReleased& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const OrderPlaced& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const OrderClosed& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const OffsetMade& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const ClientTermsSet& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const ContractSigned& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const DeliveryMade& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const DocumentReturned& event, const EventMeta& meta, ViewBatch& batch);
};

}  // namespace ledger::receivables
