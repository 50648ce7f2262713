// Goal: a year's calendar comes in as it is written, and a slip of the pen is named by line and
// column. Method: small tables, and the ones that ship.
#include "producers/house/calendar/mapping.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include "events/types/calendar.h"
#include "tests/support/catch.h"

namespace ledger::testing {

namespace {

Mapped map(const std::string& text) {
  return calendar::map_calendar(text, {BusinessZone::named("Europe/Kyiv").value(), "calendar"});
}

std::string verdict(const std::string& text) {
  const auto mapped = map(text);
  REQUIRE(mapped.refused.size() == 1);
  const auto& refused = mapped.refused.front();
  return refused.where + ": " + refused.error.field;
}

const std::string kHead = "calendar,date,kind,minutes,reason,order_no,set_on\n";

}  // namespace

TEST_CASE("calendar: each line is a day", "[house][calendar]") {
  const auto mapped =
      map("# 2026\nset_on,date,kind,calendar,minutes,reason\n"
          "2025-12-01,2026-01-01,off,business,,Новий рік\n"
          "2025-12-01,2026-12-24,short,business,420,\n");
  CHECK(mapped.refused.empty());
  REQUIRE(mapped.events.size() == 2);
  const auto& first = mapped.events[0];
  const auto* day = first.data.get_if<CalendarDaySet>();
  REQUIRE(day != nullptr);
  CHECK(day->kind == DayKind::kOff);
  CHECK(format_date(day->date) == "2026-01-01");
  CHECK(day->reason == "Новий рік");
  CHECK_FALSE(day->order_no);
  CHECK(format_timestamp(first.time) == "2025-12-01T10:00:00Z");
  CHECK(first.id.starts_with("business:2026-01-01:"));
  CHECK(mapped.events[1].data.get_if<CalendarDaySet>()->minutes == 420);
}

TEST_CASE("calendar: the same file says nothing new, another one all", "[house][calendar]") {
  const std::string text = kHead + "business,2026-01-01,off,,,,2025-12-01\n";
  CHECK(map(text).events[0].id == map(text).events[0].id);
  CHECK(map(text).events[0].id != map(text + "# once more\n").events[0].id);
}

TEST_CASE("calendar: a slip is named by line and column", "[house][calendar]") {
  CHECK(verdict(kHead + "business,2026-02-30,off,,,,2025-12-01\n") == "line 2: date");
  CHECK(verdict(kHead + "business,2026-01-01,holiday,,,,2025-12-01\n") == "line 2: kind");
  CHECK(verdict(kHead + "house,2026-01-01,off,,,,2025-12-01\n") == "line 2: calendar");
  CHECK(verdict(kHead + "business,2026-01-01,short,7h,,,2025-12-01\n") == "line 2: minutes");
  CHECK(verdict(kHead + "business,2026-01-01,off,480,,,2025-12-01\n") == "line 2: minutes");
  CHECK(verdict(kHead + "business,2026-01-01,off,,,,\n") == "line 2: set_on");
  CHECK(verdict(kHead + "business,2026-01-01,off,,,2025-12-01\n") == "line 2: ");
  CHECK(verdict("calendar,date,kind\nbusiness,2026-01-01,off\n") == "line 1: columns");
  CHECK(verdict("calendar,date,kind,set_on,day\n") == "line 1: columns");
  CHECK(verdict("calendar,date,kind,set_on,date\n") == "line 1: columns");
}

TEST_CASE("calendar: those that ship are whole", "[house][calendar]") {
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(LEDGER_CALENDARS)) {
    if (entry.path().extension() != ".csv") continue;
    INFO(entry.path());
    std::ifstream file(entry.path());
    std::ostringstream text;
    text << file.rdbuf();
    const auto mapped = map(text.str());
    CHECK(mapped.refused.empty());
    CHECK_FALSE(mapped.events.empty());
    ++files;
  }
  CHECK(files == 6);
}

}  // namespace ledger::testing
