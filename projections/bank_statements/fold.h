#pragma once

#include "projections/bank_statements/rows.h"
#include "projections/event_meta.h"
#include "projections/store/view_batch.h"

namespace ledger::bank_statements {

struct Fold {
  static constexpr std::string_view kName = bank_statements::kName;
  static constexpr int kVersion = bank_statements::kVersion;

  static void apply(const StatementReceived& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const PaymentReversed& event, const EventMeta& meta, ViewBatch& batch);
};

}  // namespace ledger::bank_statements
