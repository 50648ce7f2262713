#include "projections/activity/fold.h"

namespace ledger::activity {

std::string month_key(std::string_view manager_id, Date day) {
  return std::string(manager_id) + '|' + format_month(day);
}

void Fold::note(std::string_view type, const EventMeta& meta, ViewBatch& batch) {
  if (!meta.manager) return;
  auto& row = batch.edit<MonthRow>(month_key(meta.manager->text(), meta.local_day));
  contribute(row.done, meta, {meta.position, {}, std::string(type), meta.time, meta.local_day});
}

}  // namespace ledger::activity
