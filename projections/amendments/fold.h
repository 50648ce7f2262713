#pragma once

#include "events/envelope.h"
#include "projections/amendments/rows.h"
#include "projections/store/view_batch.h"

namespace ledger::amendments {

// Looks at lines as they were delivered: of what an amendment does no view sees the amendment.
struct Fold {
  static constexpr std::string_view kName = amendments::kName;
  static constexpr int kVersion = amendments::kVersion;

  static void arrived(const Event& event, const Position& position, ViewBatch& batch);
};

}  // namespace ledger::amendments
