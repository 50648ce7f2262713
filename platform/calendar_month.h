#pragma once

#include <chrono>

#include "platform/clock.h"

namespace ledger {

// Beyond every day that an event may name (limits::kLatestYear): "whatever the day".
inline constexpr Date kLastDay{std::chrono::year(9999) / 12 / 31};

// The same day so many months later, or earlier if negative; the month's last where it has no such
// day: 31 August and six months is 28 February.
[[nodiscard]] inline Date add_months(Date day, int months) {
  const Date moved = day + std::chrono::months(months);
  return moved.ok() ? moved : last_of_month(moved.year() / moved.month() / 1);
}

// The first day of the month so many months after that of `day`; 0: of its own, -1: of the last.
[[nodiscard]] inline Date month_start(Date day, int months) {
  return add_months(first_of_month(day), months);
}

}  // namespace ledger
