#pragma once

#include "projections/event_meta.h"
#include "projections/reports/rows.h"
#include "projections/store/view_batch.h"

namespace ledger::reports {

struct Fold {
  static constexpr std::string_view kName = reports::kName;
  static constexpr int kVersion = reports::kVersion;

  static void apply(const ReportSubmitted& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const ReportReturned& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const ReportAccepted& event, const EventMeta& meta, ViewBatch& batch);
};

}  // namespace ledger::reports
