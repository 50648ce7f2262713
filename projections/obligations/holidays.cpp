#include "projections/obligations/holidays.h"

#include <algorithm>

#include "platform/utf8.h"

namespace ledger::obligations {

namespace {

constexpr unsigned kLastSunday = 5;

// Указ Президента України of each, as amended; КВЕД ДК 009:2010.
constexpr Holiday kHolidays[] = {
    {"accountants",
     "День бухгалтера та аудитора",
     "№ 662/2004 від 18.06.2004",
     7,
     16,
     0,
     {"69.2"},
     "бухгалтер"},
    {"builders",
     "День будівельника",
     "№ 273/93 від 22.07.1993",
     8,
     0,
     2,
     {"41", "42", "43", "23"},
     "будівельник"},
    {"drivers",
     "День автомобіліста і дорожника",
     "№ 452/93 від 13.10.1993, № 1173/97 від 22.10.1997",
     10,
     0,
     kLastSunday,
     {"49.3", "49.4", "42.11"},
     "автомобіліст"},
    {"energy", "День енергетика", "№ 522/93 від 12.11.1993", 12, 22, 0, {"35"}, "енергетик"},
    {"farmers",
     "День працівників сільського господарства",
     "№ 428/93 від 07.10.1993",
     11,
     0,
     3,
     {"01"},
     "аграрій"},
    {"food",
     "День працівників харчової промисловості",
     "№ 714/95 від 08.08.1995",
     10,
     0,
     3,
     {"10", "11"},
     "харчовик"},
    {"trade",
     "День працівників торгівлі",
     "№ 427/95 від 05.06.1995",
     7,
     0,
     kLastSunday,
     {"45", "46", "47"},
     "продавець"},
};

}  // namespace

std::span<const Holiday> holidays() { return kHolidays; }

Date day_of(const Holiday& holiday, std::chrono::year year) {
  const auto month = year / std::chrono::month(holiday.month);
  if (holiday.day > 0) return month / std::chrono::day(holiday.day);
  const auto days = holiday.sunday == kLastSunday
                        ? std::chrono::sys_days(month / std::chrono::Sunday[std::chrono::last])
                        : std::chrono::sys_days(month / std::chrono::Sunday[holiday.sunday]);
  return Date(days);
}

Date next_day_of(const Holiday& holiday, Date day) {
  const Date this_year = day_of(holiday, day.year());
  return this_year >= day ? this_year : day_of(holiday, day.year() + std::chrono::years(1));
}

bool is_of_industry(std::string_view industry, const Holiday& holiday) {
  return std::any_of(holiday.industries.begin(), holiday.industries.end(), [&](const auto begins) {
    return !begins.empty() && industry.starts_with(begins);
  });
}

bool is_of_profession(std::string_view profession, const Holiday& holiday) {
  return fold_case(profession) == holiday.profession;
}

}  // namespace ledger::obligations
