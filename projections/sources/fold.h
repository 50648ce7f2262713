#pragma once

#include "events/envelope.h"
#include "projections/sources/rows.h"
#include "projections/store/view_batch.h"

namespace ledger::sources {

// Looks at lines as they were delivered, and at nothing that they do.
struct Fold {
  static constexpr std::string_view kName = sources::kName;
  static constexpr int kVersion = sources::kVersion;

  static void arrived(const Event& event, const Position& position, ViewBatch& batch);
};

}  // namespace ledger::sources
