#pragma once

#include "events/types/invoice.h"
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
};

}  // namespace ledger::receivables
