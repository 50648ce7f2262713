#include "projections/quota_compliance/reported.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <utility>

#include "platform/calendar_month.h"
#include "projections/quota_compliance/judge.h"

namespace ledger::quota_compliance {

namespace {

using DayKey = std::pair<QuotaMetric, Date>;

std::map<DayKey, MonthLine::Day> days_of(const ManagerMonth& month) {
  std::map<DayKey, MonthLine::Day> days;
  for (const auto& line : month.lines) {
    for (const auto& day : line.days) days.emplace(DayKey{line.metric, day.date}, day);
  }
  return days;
}

// Days that differ; a day of which one of the two knows nothing has no figure there.
std::vector<Reported::Day> changed_days(const ManagerMonth& then, const ManagerMonth& now) {
  auto before = days_of(then);
  std::vector<Reported::Day> changed;
  for (const auto& [key, day] : days_of(now)) {
    const auto was = before[key];
    if (was.counted == day.counted && was.target == day.target) continue;
    changed.push_back({key.first, key.second, was.counted, was.target, {}});
  }
  return changed;
}

std::set<Position> counted(const std::optional<ManagerDay>& day, QuotaMetric metric) {
  std::set<Position> positions;
  if (!day) return positions;
  for (const auto& figure : day->figures) {
    if (figure.metric != metric) continue;
    for (const auto& item : figure.items) {
      if (item.verdict == Verdict::kCounted) positions.insert(item.position);
    }
  }
  return positions;
}

// Judges each day that changed once by either knowledge.
Status add_events(std::vector<Reported::Day>& changed, const ViewSnapshot& snapshot,
                  const ManagerId& manager, Date month, const Asked& then, const Asked& now) {
  if (changed.empty()) return {};
  const Date last = last_of_month(month);
  LEDGER_TRY(auto before, Judge::of(snapshot, month, last, then));
  LEDGER_TRY(auto after, Judge::of(snapshot, month, last, now));
  std::map<Date, std::pair<std::optional<ManagerDay>, std::optional<ManagerDay>>> judged;
  for (auto& day : changed) {
    if (!judged.contains(day.date)) {
      LEDGER_TRY(auto old, before.day(manager, day.date));
      LEDGER_TRY(auto present, after.day(manager, day.date));
      judged.emplace(day.date, std::pair(std::move(old), std::move(present)));
    }
    const auto& both = judged.at(day.date);
    const auto old = counted(both.first, day.metric);
    const auto present = counted(both.second, day.metric);
    std::set_symmetric_difference(old.begin(), old.end(), present.begin(), present.end(),
                                  std::back_inserter(day.events));
  }
  return {};
}

}  // namespace

Result<std::optional<Reported>> reported(const ViewSnapshot& snapshot, const ManagerMonth& now,
                                         Date month, const Asked& asked) {
  const ManagerId& manager = now.manager.manager_id;
  const Date first = first_of_month(month);
  LEDGER_TRY(const auto standing,
             reports::standing(snapshot, manager.text(), first, asked.known_at));
  if (standing.submitted.empty() || !standing.submitted.back().data.known_at) return std::nullopt;
  Reported result{standing.submitted.back(), {}, {}};
  const Timestamp known_at = *result.handed_in.data.known_at;
  const Asked then{known_at, known_at, asked.zone};
  LEDGER_TRY(auto month_then, month_of(snapshot, manager, first, then));
  // Hired by what was told since: nothing of that month was known.
  if (!month_then) return std::nullopt;
  result.then = *std::move(month_then);
  result.days = changed_days(result.then, now);
  LEDGER_CHECK(add_events(result.days, snapshot, manager, first, then, asked));
  return result;
}

}  // namespace ledger::quota_compliance
