#pragma once

#include <string>
#include <string_view>

#include "events/business_zone.h"
#include "producers/mapping.h"

// A year's calendar as a table: which days are off, short, or worked although it is a weekend.
//
//   calendar,date,kind,minutes,reason,order_no,set_on
//   business,2026-01-01,off,,Новий рік,,2025-12-01
//
// The first line that is no comment names the columns, in any order; `calendar`, `date`, `kind` and
// `set_on` (the day of the order that says so) are wanted. Lines that begin with # are comments.
namespace ledger::calendar {

struct Settings {
  BusinessZone zone;
  std::string source = "house/calendar";
};

// One calendar.day_set for each line, in the order of the table, at the noon of its set_on. The ids
// follow from the whole text: the same file again says nothing new, and any change of it, be it in
// a comment, says all of its days anew, so that an earlier state can be restored.
//
// Refused: a record with its line and column. A table without its columns is refused whole.
[[nodiscard]] Mapped map_calendar(std::string_view csv, const Settings& settings);

}  // namespace ledger::calendar
