#include "projections/monthly_report/fold.h"

namespace ledger::monthly_report {

namespace {

template <class E>
HandedInRow& row_of(const E& event, ViewBatch& batch) {
  return batch.edit<HandedInRow>(month_key(event.manager_id.text(), event.month));
}

}  // namespace

std::string month_key(std::string_view manager_id, Date month) {
  return std::string(manager_id) + '|' + format_date(month).substr(0, 7);
}

void Fold::apply(const ReportSubmitted& event, const EventMeta& meta, ViewBatch& batch) {
  contribute(row_of(event, batch).submitted, meta, {meta.position, {}, event});
}

void Fold::apply(const ReportReturned& event, const EventMeta& meta, ViewBatch& batch) {
  contribute(row_of(event, batch).returned, meta, {meta.position, {}, event});
}

void Fold::apply(const ReportAccepted& event, const EventMeta& meta, ViewBatch& batch) {
  contribute(row_of(event, batch).accepted, meta, {meta.position, {}, event});
}

}  // namespace ledger::monthly_report
