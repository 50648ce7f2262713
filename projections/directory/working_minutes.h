#pragma once

#include <cstdint>
#include <vector>

#include "projections/directory/working_time.h"

namespace ledger::directory {

// Instants on a clock that goes only while the house works: from kDayBeginsMinute to kDayEndsMinute
// of each day of the business calendar, on a shorter day until it is over. Nights and days off
// take no time on it.
class WorkingMinutes {
 public:
  // Of the days from `from` to `to`, both included.
  WorkingMinutes(const Calendar& calendar, Date from, Date to, const BusinessZone& zone);

  // What the clock shows; before the first day 0, after the last one what it showed at its end.
  [[nodiscard]] std::int64_t at(Timestamp instant) const;
  // The first of the last `days` working days up to and including `last`; the first day of all if
  // there are not so many.
  [[nodiscard]] Date days_back(Date last, int days) const;

 private:
  struct Day {
    Date date;
    Timestamp begins;         // of work
    std::int64_t length = 0;  // minutes
    std::int64_t before = 0;  // what the clock shows at the beginning
  };
  std::vector<Day> days_;
};

}  // namespace ledger::directory
