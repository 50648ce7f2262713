#include "projections/plans/fold.h"

namespace ledger::plans {

std::string plan_key(std::string_view manager_id, Date month) {
  return std::string(manager_id) + '|' + format_month(month);
}

void Fold::apply(const PlanSet& event, const EventMeta& meta, ViewBatch& batch) {
  auto& row = batch.edit<PlanRow>(plan_key(event.manager_id.text(), event.month));
  contribute(row.set, meta, {meta.position, {}, event});
}

}  // namespace ledger::plans
