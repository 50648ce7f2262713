#pragma once

#include "projections/acts/rows.h"
#include "projections/event_meta.h"
#include "projections/store/view_batch.h"

namespace ledger::acts {

struct Fold {
  static constexpr std::string_view kName = acts::kName;
  static constexpr int kVersion = acts::kVersion;

  static void apply(const ReconciliationDrafted& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const ReconciliationSent& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const ReconciliationConfirmed& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const ReconciliationDisagreed& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const ReconciliationSigned& event, const EventMeta& meta, ViewBatch& batch);
};

}  // namespace ledger::acts
