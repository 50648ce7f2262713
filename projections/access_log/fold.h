#pragma once

#include "projections/access_log/rows.h"
#include "projections/event_meta.h"
#include "projections/store/view_batch.h"

namespace ledger::access_log {

struct Fold {
  static constexpr std::string_view kName = access_log::kName;
  static constexpr int kVersion = access_log::kVersion;

  static void apply(const AccessLogged& event, const EventMeta& meta, ViewBatch& batch);
};

}  // namespace ledger::access_log
