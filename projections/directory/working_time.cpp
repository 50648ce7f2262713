#include "projections/directory/working_time.h"

#include <algorithm>

#include "platform/calendar_month.h"
#include "projections/directory/hires.h"
#include "projections/store/view_batch.h"

namespace ledger::directory {

namespace {

const std::string& family() {
  static const std::string name = family_of(kName, kVersion);
  return name;
}

bool is_weekend(Date day) {
  const std::chrono::weekday weekday{std::chrono::sys_days{day}};
  return weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
}

std::int64_t length_of(const CalendarDaySet& set) {
  switch (set.kind) {
    case DayKind::kOff:
      return 0;
    case DayKind::kShort:
      return set.minutes.value_or(kShortDayMinutes);
    case DayKind::kWorking:
      return set.minutes.value_or(kOrdinaryDayMinutes);
  }
  return 0;
}

bool covers(Date from, Date to, Date day) { return from <= day && day <= to; }

}  // namespace

Result<Calendar> Calendar::read(const ViewSnapshot& snapshot, CalendarKind kind, Date from, Date to,
                                const std::optional<Timestamp>& known_at) {
  Calendar calendar;
  for (Date month = first_of_month(from); month <= to; month = add_months(month, 1)) {
    LEDGER_TRY(const auto set, days_set(snapshot, kind, month));
    calendar.set_.merge(of(set, kind, known_at).set_);
  }
  return calendar;
}

Calendar Calendar::of(const std::vector<Said<CalendarDaySet>>& set, CalendarKind kind,
                      const std::optional<Timestamp>& known_at) {
  Calendar calendar;
  for (const auto& said : set) {  // in log order: the last one set holds
    if (said.data.calendar != kind || !said.known.at(known_at)) continue;
    calendar.set_[said.data.date] = length_of(said.data);
  }
  return calendar;
}

Result<std::vector<Said<CalendarDaySet>>> days_set(const ViewSnapshot& snapshot, CalendarKind kind,
                                                   Date month) {
  LEDGER_TRY(auto row, read_row<CalendarRow>(snapshot, family(), calendar_key(kind, month)));
  return row ? std::move(row->days) : std::vector<Said<CalendarDaySet>>();
}

std::int64_t Calendar::minutes(Date day) const {
  if (const auto set = set_.find(day); set != set_.end()) return set->second;
  return is_weekend(day) ? 0 : kOrdinaryDayMinutes;
}

WorkingTime::WorkingTime(const ViewSnapshot& snapshot, Calendar calendar, OutagesRow outages,
                         std::optional<Timestamp> known_at)
    : snapshot_(&snapshot),
      calendar_(std::move(calendar)),
      outages_(std::move(outages)),
      known_at_(known_at) {}

Result<WorkingTime> WorkingTime::read(const ViewSnapshot& snapshot, Date from, Date to,
                                      const std::optional<Timestamp>& known_at) {
  LEDGER_TRY(auto calendar, Calendar::read(snapshot, CalendarKind::kBusiness, from, to, known_at));
  LEDGER_TRY(auto outages, read_row<OutagesRow>(snapshot, family(), ""));
  return WorkingTime(snapshot, std::move(calendar), std::move(outages).value_or(OutagesRow{}),
                     known_at);
}

Result<const WorkingTime::Person*> WorkingTime::person(const ManagerId& manager) {
  auto known = people_.find(manager);
  if (known == people_.end()) {
    Person read;
    LEDGER_TRY(read.hires, hires(*snapshot_, manager));
    LEDGER_TRY(read.leave, leave(*snapshot_, manager));
    known = people_.emplace(manager, std::move(read)).first;
  }
  return &known->second;
}

Result<const ManagerHired*> WorkingTime::employed(const ManagerId& manager, Date day) {
  LEDGER_TRY(const Person* who, person(manager));
  const ManagerHired* hired = hire_on(who->hires, day, known_at_);
  if (hired == nullptr) return hired;
  const bool left = std::any_of(
      who->leave.dismissals.begin(), who->leave.dismissals.end(), [&](const auto& said) {
        // Hired again afterwards is a later beginning.
        return said.known.at(known_at_) && said.data.dismissed_on >= hired->hired_on &&
               day > said.data.dismissed_on;
      });
  return left ? nullptr : hired;
}

Result<const ManagerHired*> WorkingTime::employed_last(const ManagerId& manager, Date from,
                                                       Date to) {
  for (Date day = to; day >= from; day = add_days(day, -1)) {
    LEDGER_TRY(const ManagerHired* hired, employed(manager, day));
    if (hired != nullptr) return hired;
  }
  return nullptr;
}

Result<bool> WorkingTime::is_known(const ManagerId& manager) {
  LEDGER_TRY(const Person* who, person(manager));
  return std::any_of(who->hires.hired.begin(), who->hires.hired.end(),
                     [&](const auto& said) { return said.known.at(known_at_); });
}

// Outages of one system do not overlap in practice; where they do, the day ends at nothing.
std::int64_t WorkingTime::outage_minutes(OutageSystem system, Date day,
                                         const BusinessZone& zone) const {
  const Timestamp begins = zone.to_instant(day, std::chrono::minutes(kDayBeginsMinute));
  const Timestamp ends = zone.to_instant(day, std::chrono::minutes(kDayEndsMinute));
  std::int64_t minutes = 0;
  for (const auto& said : outages_.outages) {
    if (said.data.system != system || !said.known.at(known_at_)) continue;
    const auto from = std::max(said.data.from, begins);
    const auto to = std::min(said.data.to, ends);
    if (from < to) minutes += std::chrono::floor<std::chrono::minutes>(to - from).count();
  }
  return minutes;
}

Result<std::optional<WorkingTime::Day>> WorkingTime::day(const ManagerId& manager, Date day,
                                                         std::optional<OutageSystem> needs,
                                                         const BusinessZone& zone) {
  LEDGER_TRY(const ManagerHired* hired, employed(manager, day));
  if (hired == nullptr) return std::nullopt;
  LEDGER_TRY(const Person* who, person(manager));
  Day result;
  result.scheduled = calendar_.minutes(day);
  result.worked = result.scheduled;
  for (const auto& said : who->leave.absences) {
    if (!said.known.at(known_at_) || !covers(said.data.from, said.data.to, day)) continue;
    result.absence = said.data.absence_id.text();
    result.worked -= said.data.minutes_per_day.value_or(result.scheduled);
  }
  if (needs) result.worked -= outage_minutes(*needs, day, zone);
  result.worked = std::max<std::int64_t>(result.worked, 0);
  return result;
}

std::int64_t proportion(std::int64_t base, std::int64_t worked, std::int64_t scheduled) {
  if (scheduled <= 0) return 0;
  return (2 * base * worked + scheduled) / (2 * scheduled);
}

Result<StandInsRow> stand_ins(const ViewSnapshot& snapshot) {
  LEDGER_TRY(auto row, read_row<StandInsRow>(snapshot, family(), ""));
  return std::move(row).value_or(StandInsRow{});
}

Result<LeaveRow> leave(const ViewSnapshot& snapshot, const ManagerId& manager) {
  LEDGER_TRY(auto row, read_row<LeaveRow>(snapshot, family(), manager.text()));
  return std::move(row).value_or(LeaveRow{});
}

}  // namespace ledger::directory
