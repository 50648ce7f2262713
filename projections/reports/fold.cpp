#include "projections/reports/fold.h"

namespace ledger::reports {

namespace {

template <class E>
void take(std::vector<Told<E>> ReportRow::* steps, const E& event, const EventMeta& meta,
          ViewBatch& batch) {
  auto& row = batch.edit<ReportRow>(report_key(event.manager_id.text(), event.month));
  contribute(row.*steps, meta, {meta.position, {}, meta.time, meta.local_day, event});
}

}  // namespace

std::string report_key(std::string_view manager_id, Date month) {
  return std::string(manager_id) + '|' + format_month(month);
}

void Fold::apply(const ReportSubmitted& event, const EventMeta& meta, ViewBatch& batch) {
  take(&ReportRow::submitted, event, meta, batch);
}

void Fold::apply(const ReportReturned& event, const EventMeta& meta, ViewBatch& batch) {
  take(&ReportRow::returned, event, meta, batch);
}

void Fold::apply(const ReportAccepted& event, const EventMeta& meta, ViewBatch& batch) {
  take(&ReportRow::accepted, event, meta, batch);
}

}  // namespace ledger::reports
