#pragma once

#include "events/envelope.h"
#include "projections/correction_proposals/rows.h"
#include "projections/store/view_batch.h"

namespace ledger::correction_proposals {

// Looks at lines as they were delivered: which proposal an amendment follows is no effect of it.
// Voids and corrections are never amended themselves, so no step is ever taken back.
struct Fold {
  static constexpr std::string_view kName = correction_proposals::kName;
  static constexpr int kVersion = correction_proposals::kVersion;

  static void arrived(const Event& event, const Position& position, ViewBatch& batch);
};

}  // namespace ledger::correction_proposals
