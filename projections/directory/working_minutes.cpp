#include "projections/directory/working_minutes.h"

#include <algorithm>

namespace ledger::directory {

namespace {

// A day that is an hour shorter than an ordinary one ends an hour earlier.
std::int64_t span_of(std::int64_t minutes) {
  if (minutes == 0) return 0;
  return kDayEndsMinute - kDayBeginsMinute + minutes - kOrdinaryDayMinutes;
}

}  // namespace

WorkingMinutes::WorkingMinutes(const Calendar& calendar, Date from, Date to,
                               const BusinessZone& zone) {
  std::int64_t before = 0;
  for (Date day = from; day <= to; day = add_days(day, 1)) {
    const std::int64_t length = std::max<std::int64_t>(span_of(calendar.minutes(day)), 0);
    days_.push_back(
        {day, zone.to_instant(day, std::chrono::minutes(kDayBeginsMinute)), length, before});
    before += length;
  }
}

std::int64_t WorkingMinutes::at(Timestamp instant) const {
  const auto after = std::upper_bound(days_.begin(), days_.end(), instant,
                                      [](Timestamp at, const Day& day) { return at < day.begins; });
  if (after == days_.begin()) return 0;
  const Day& day = *std::prev(after);
  const auto passed = std::chrono::floor<std::chrono::minutes>(instant - day.begins).count();
  return day.before + std::min<std::int64_t>(passed, day.length);
}

Date WorkingMinutes::days_back(Date last, int days) const {
  Date first = days_.empty() ? last : days_.front().date;
  for (auto day = days_.rbegin(); day != days_.rend() && days > 0; ++day) {
    if (day->date > last || day->length == 0) continue;
    first = day->date;
    --days;
  }
  return days > 0 && !days_.empty() ? days_.front().date : first;
}

}  // namespace ledger::directory
