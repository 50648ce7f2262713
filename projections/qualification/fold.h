#pragma once

#include "projections/event_meta.h"
#include "projections/qualification/rows.h"
#include "projections/store/view_batch.h"

namespace ledger::qualification {

struct Fold {
  static constexpr std::string_view kName = qualification::kName;
  static constexpr int kVersion = qualification::kVersion;

  static void apply(const QualificationRecorded& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const AttestationHeld& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const TrainingCompleted& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const SecrecyAcknowledged& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const CriteriaAcknowledged& event, const EventMeta& meta, ViewBatch& batch);
};

}  // namespace ledger::qualification
