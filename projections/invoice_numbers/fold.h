#pragma once

#include "events/types/invoice.h"
#include "projections/event_meta.h"
#include "projections/invoice_numbers/rows.h"
#include "projections/store/view_batch.h"

namespace ledger::invoice_numbers {

struct Fold {
  static constexpr std::string_view kName = invoice_numbers::kName;
  static constexpr int kVersion = invoice_numbers::kVersion;

  static void apply(const InvoiceIssued& event, const EventMeta& meta, ViewBatch& batch);
};

}  // namespace ledger::invoice_numbers
