#include "projections/directory/working_time.h"

#include <algorithm>
#include <tuple>

#include "platform/calendar_month.h"
#include "projections/directory/hires.h"
#include "projections/directory/last_words.h"
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

struct Span {
  Timestamp from;
  Timestamp to;
};

// How many minutes lie in at least one of them.
std::int64_t minutes_of(std::vector<Span> spans) {
  std::sort(spans.begin(), spans.end(), [](const Span& left, const Span& right) {
    return std::tie(left.from, left.to) < std::tie(right.from, right.to);
  });
  Timestamp::duration sum{};
  Timestamp reached = Timestamp::min();
  for (const auto& span : spans) {
    const auto from = std::max(span.from, reached);
    if (from < span.to) sum += span.to - from;
    reached = std::max(reached, span.to);
  }
  return std::chrono::floor<std::chrono::minutes>(sum).count();
}

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

// The hours from the first to the last of a day are an hour longer than its norm, and nobody knows
// when the break is: it is taken to lie while the system was up, but for what was left of the day
// when that is no longer than the break.
std::int64_t WorkingTime::outage_minutes(OutageSystem system, Date day,
                                         const BusinessZone& zone) const {
  const std::int64_t length = calendar_.minutes(day);
  const std::int64_t last = day_ends_minute(length);
  const Timestamp begins = zone.to_instant(day, std::chrono::minutes(kDayBeginsMinute));
  const Timestamp ends = zone.to_instant(day, std::chrono::minutes(last));
  std::vector<Span> spans;
  for (const auto* outage : last_words(outages_.outages, &OutageRecorded::outage_id, known_at_)) {
    if (outage->system != system) continue;
    spans.push_back({std::max(outage->from, begins), std::min(outage->to, ends)});
  }
  const std::int64_t down = minutes_of(std::move(spans));
  const std::int64_t up = last - kDayBeginsMinute - down;
  const std::int64_t left = up <= 0 ? 0 : std::max(length - down, std::min(up, kBreakMinutes));
  return length - std::min(left, length);
}

Result<std::optional<WorkingTime::Day>> WorkingTime::day(const ManagerId& manager, Date day,
                                                         std::optional<OutageSystem> needs,
                                                         const BusinessZone& zone) {
  LEDGER_TRY(const ManagerHired* hired, employed(manager, day));
  if (hired == nullptr) return std::nullopt;
  LEDGER_TRY(const Person* who, person(manager));
  Day result;
  result.scheduled = calendar_.minutes(day);
  std::int64_t away = 0;
  for (const auto* absence :
       last_words(who->leave.absences, &AbsenceRecorded::absence_id, known_at_)) {
    if (!covers(absence->from, absence->to, day)) continue;
    result.absence = absence->absence_id.text();
    away += absence->minutes_per_day.value_or(result.scheduled);
  }
  result.worked = result.scheduled - std::min(away, result.scheduled);
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
