#pragma once

#include "projections/event_meta.h"
#include "projections/plans/rows.h"
#include "projections/store/view_batch.h"

namespace ledger::plans {

struct Fold {
  static constexpr std::string_view kName = plans::kName;
  static constexpr int kVersion = plans::kVersion;

  static void apply(const PlanSet& event, const EventMeta& meta, ViewBatch& batch);
};

}  // namespace ledger::plans
