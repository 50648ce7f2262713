// Goal: no day is passed over, whatever an account was told before and whichever day is asked for.
#include "consumers/ledger-bank/options.h"
#include "tests/support/catch.h"

using namespace ledger;
using namespace ledger::pull;

namespace {

const Timestamp kNow = parse_timestamp("2026-11-24T23:30:00Z").value();  // the 25th in Kyiv

std::string first(const Pace& pace, std::optional<std::string> through) {
  const auto zone = BusinessZone::named("Europe/Kyiv").value();
  std::optional<Timestamp> told;
  if (through) told = parse_timestamp(*through).value();
  return format_date(first_day(pace, told, zone, kNow));
}

Pace from(const std::string& day, bool again) {
  return {.from = parse_date(day).value(), .again = again};
}

}  // namespace

TEST_CASE("bank pace: the first start asks for the days before it", "[consumers][bank]") {
  CHECK(first({}, {}) == "2026-10-26");
  CHECK(first(from("2026-01-01", false), {}) == "2026-01-01");
}

TEST_CASE("bank pace: days overlap", "[consumers][bank]") {
  CHECK(first({}, "2026-11-20T10:00:00Z") == "2026-11-13");
  CHECK(first({.overlap_days = 1}, "2026-11-20T10:00:00Z") == "2026-11-19");
  CHECK(first(from("2026-01-01", false), "2026-11-20T10:00:00Z") == "2026-11-13");
  // Written down by a clock that went ahead.
  CHECK(first({}, "2027-11-20T10:00:00Z") == "2026-11-18");
}

TEST_CASE("bank pace: a day that is asked for leaves no gap behind it", "[consumers][bank]") {
  CHECK(first(from("2026-01-01", true), "2026-11-20T10:00:00Z") == "2026-01-01");
  CHECK(first(from("2026-11-22", true), "2026-11-20T10:00:00Z") == "2026-11-13");
}
