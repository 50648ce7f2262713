#include "projections/directory/fold.h"

namespace ledger::directory {

std::string calendar_key(CalendarKind calendar, Date day) {
  std::string key(name_of(calendar));
  key += '|';
  key += format_month(day);
  return key;
}

void Fold::apply(const CalendarDaySet& event, const EventMeta& meta, ViewBatch& batch) {
  contribute(batch.edit<CalendarRow>(calendar_key(event.calendar, event.date)).days, meta,
             {meta.position, {}, event});
}

void Fold::apply(const OutageRecorded& event, const EventMeta& meta, ViewBatch& batch) {
  contribute(batch.edit<OutagesRow>("").outages, meta, {meta.position, {}, event});
}

void Fold::apply(const AbsenceRecorded& event, const EventMeta& meta, ViewBatch& batch) {
  contribute(batch.edit<LeaveRow>(event.manager_id.text()).absences, meta,
             {meta.position, {}, event});
}

void Fold::apply(const ManagerDismissed& event, const EventMeta& meta, ViewBatch& batch) {
  contribute(batch.edit<LeaveRow>(event.manager_id.text()).dismissals, meta,
             {meta.position, {}, event});
}

void Fold::apply(const StandInAppointed& event, const EventMeta& meta, ViewBatch& batch) {
  contribute(batch.edit<StandInsRow>("").appointed, meta, {meta.position, {}, event});
}

void Fold::apply(const StandInEnded& event, const EventMeta& meta, ViewBatch& batch) {
  contribute(batch.edit<StandInsRow>("").ended, meta, {meta.position, {}, event});
}

void Fold::apply(const ClientMerged& event, const EventMeta& meta, ViewBatch& batch) {
  for (const auto& client : {event.client_id, event.absorbed_client_id}) {
    contribute(batch.edit<MergesRow>(client.text()).merges, meta, {meta.position, {}, event});
  }
}

void Fold::apply(const ClientSplit& event, const EventMeta& meta, ViewBatch& batch) {
  for (const auto& client : {event.client_id, event.new_client_id}) {
    contribute(batch.edit<SplitsRow>(client.text()).splits, meta, {meta.position, {}, event});
  }
}

}  // namespace ledger::directory
