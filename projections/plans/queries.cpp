#include "projections/plans/queries.h"

#include <map>

#include "projections/store/view_batch.h"

namespace ledger::plans {

Result<std::vector<PlanItem>> items(const ViewSnapshot& snapshot, std::string_view manager_id,
                                    Date month, const std::optional<Timestamp>& known_at) {
  static const std::string family = family_of(kName, kVersion);
  LEDGER_TRY(const auto row, read_row<PlanRow>(snapshot, family, plan_key(manager_id, month)));
  std::map<PlanId, const Said<PlanSet>*> latest;
  std::vector<PlanItem> all;
  if (!row) return all;
  for (const auto& said : row->set) {
    if (!said.known.at(known_at)) continue;
    auto& last = latest[said.data.plan_id];
    if (last == nullptr || last->known.recorded <= said.known.recorded) last = &said;
  }
  for (const auto& [id, said] : latest) {
    all.insert(all.end(), said->data.items.begin(), said->data.items.end());
  }
  return all;
}

}  // namespace ledger::plans
