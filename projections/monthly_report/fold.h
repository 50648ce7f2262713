#pragma once

#include "projections/event_meta.h"
#include "projections/monthly_report/rows.h"
#include "projections/store/view_batch.h"

namespace ledger::monthly_report {

struct Fold {
  static constexpr std::string_view kName = monthly_report::kName;
  static constexpr int kVersion = monthly_report::kVersion;

  static void apply(const ReportSubmitted& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const ReportReturned& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const ReportAccepted& event, const EventMeta& meta, ViewBatch& batch);
};

}  // namespace ledger::monthly_report
