#pragma once

#include "events/types/allocation.h"
#include "events/types/amendment.h"
#include "projections/event_meta.h"
#include "projections/rule_decisions/rows.h"
#include "projections/store/view_batch.h"

namespace ledger::rule_decisions {

// An allocation names its rule by rule_version; a match begins its reason with it ("matching.v2: ")
// and names nobody who decided.
struct Fold {
  static constexpr std::string_view kName = rule_decisions::kName;
  static constexpr int kVersion = rule_decisions::kVersion;

  static void apply(const InteractionMatched& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const PaymentAllocated& event, const EventMeta& meta, ViewBatch& batch);
};

}  // namespace ledger::rule_decisions
