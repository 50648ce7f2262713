#pragma once

#include "events/types/call_leg.h"
#include "projections/call_legs/rows.h"
#include "projections/event_meta.h"
#include "projections/store/view_batch.h"

namespace ledger::call_legs {

struct Fold {
  static constexpr std::string_view kName = call_legs::kName;
  static constexpr int kVersion = call_legs::kVersion;

  static void apply(const CallLegCompleted& event, const EventMeta& meta, ViewBatch& batch);
};

}  // namespace ledger::call_legs
