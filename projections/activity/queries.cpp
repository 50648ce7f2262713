#include "projections/activity/queries.h"

#include "projections/store/view_batch.h"

namespace ledger::activity {

namespace {

Result<std::optional<MonthRow>> month(const ViewSnapshot& snapshot, std::string_view manager_id,
                                      Date day) {
  static const std::string family = family_of(kName, kVersion);
  return read_row<MonthRow>(snapshot, family, month_key(manager_id, day));
}

}  // namespace

Result<Counts> counts(const ViewSnapshot& snapshot, std::string_view manager_id, Date day,
                      const std::optional<Timestamp>& known_at) {
  LEDGER_TRY(const auto row, month(snapshot, manager_id, day));
  Counts counts;
  if (!row) return counts;
  for (const auto& done : row->done) {
    if (done.known.at(known_at)) ++counts[done.type];
  }
  return counts;
}

Result<std::vector<MonthRow::Done>> done_on(const ViewSnapshot& snapshot,
                                            std::string_view manager_id, Date day,
                                            const std::optional<Timestamp>& known_at) {
  LEDGER_TRY(const auto row, month(snapshot, manager_id, day));
  std::vector<MonthRow::Done> found;
  if (!row) return found;
  for (const auto& done : row->done) {
    if (done.day == day && done.known.at(known_at)) found.push_back(done);
  }
  return found;
}

}  // namespace ledger::activity
