#include "projections/qualification/queries.h"

#include <map>
#include <utility>

#include "projections/store/view_batch.h"

namespace ledger::qualification {

namespace {

// Events of one manager may lie in several partitions: of one day, the one recorded last is last.
template <class E, class DayOf>
std::vector<E> known_by_day(const std::vector<Said<E>>& all, const AsOf& as_of, DayOf&& day_of) {
  std::multimap<std::pair<Date, Timestamp>, const E*> known;
  for (const auto& said : all) {
    const Date day = day_of(said.data);
    if (as_of.sees(said.known, day)) known.emplace(std::pair(day, said.known.recorded), &said.data);
  }
  std::vector<E> result;
  result.reserve(known.size());
  for (const auto& [day, data] : known) result.push_back(*data);
  return result;
}

}  // namespace

Lacks lacks_of(const QualificationRecorded& told) {
  constexpr std::int64_t kSalesMonths = 12;
  return {told.education == Education::kOther, told.sales_months < kSalesMonths};
}

Result<Record> record(const ViewSnapshot& snapshot, const ManagerId& manager, const AsOf& as_of) {
  static const std::string family = family_of(kName, kVersion);
  LEDGER_TRY(const auto row, read_row<ManagerRow>(snapshot, family, manager.text()));
  Record record;
  if (!row) return record;
  // A qualification has no day of its own.
  record.qualifications =
      known_by_day(row->qualifications, as_of, [&](const auto&) { return as_of.day; });
  record.attestations =
      known_by_day(row->attestations, as_of, [](const auto& event) { return event.held_on; });
  record.trainings =
      known_by_day(row->trainings, as_of, [](const auto& event) { return event.completed_on; });
  const auto acknowledged = [](const auto& event) { return event.acknowledged_on; };
  record.secrecy = known_by_day(row->secrecy, as_of, acknowledged);
  record.criteria = known_by_day(row->criteria, as_of, acknowledged);
  return record;
}

}  // namespace ledger::qualification
