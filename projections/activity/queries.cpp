#include "projections/activity/queries.h"

#include "projections/store/view_batch.h"

namespace ledger::activity {

Result<Counts> counts(const ViewSnapshot& snapshot, std::string_view manager_id, Date day,
                      const std::optional<Timestamp>& known_at) {
  static const std::string family = family_of(kName, kVersion);
  LEDGER_TRY(const auto row, read_row<MonthRow>(snapshot, family, month_key(manager_id, day)));
  Counts counts;
  if (!row) return counts;
  for (const auto& done : row->done) {
    if (done.known.at(known_at)) ++counts[done.type];
  }
  return counts;
}

}  // namespace ledger::activity
