// Goal: every event lies on the day that the house's wall clock showed. Method: the vectors of
// domain-semantics.md 4a of the design: Kyiv's midnights and both days on which clocks change.
#include "events/business_zone.h"

#include "tests/events/samples.h"
#include "tests/events/spelled.h"
#include "tests/support/catch.h"

namespace ledger::testing {

namespace {

using namespace std::chrono_literals;

BusinessZone kyiv() { return must(BusinessZone::named("Europe/Kyiv")); }

std::string local_day(std::string_view utc) { return format_date(kyiv().local_day(instant(utc))); }

std::string utc_of(std::string_view date, std::chrono::seconds since_midnight) {
  return format_timestamp(kyiv().to_instant(day(date), since_midnight));
}

}  // namespace

TEST_CASE("zone: a day of Kyiv begins at Kyiv's midnight", "[events][zone]") {
  CHECK(local_day("2026-10-31T22:30:00Z") == "2026-11-01");  // +02:00
  CHECK(local_day("2026-09-30T21:30:00Z") == "2026-10-01");  // +03:00
  CHECK(local_day("2026-11-25T21:59:59.999999Z") == "2026-11-25");
  CHECK(local_day("2026-11-25T22:00:00Z") == "2026-11-26");
  CHECK(local_day("2026-07-01T20:59:59.999999Z") == "2026-07-01");
  CHECK(local_day("2026-07-01T21:00:00Z") == "2026-07-02");
  CHECK(local_day("2026-12-31T22:00:00Z") == "2027-01-01");
}

TEST_CASE("zone: the spring day of 23 hours is one day", "[events][zone]") {
  CHECK(local_day("2026-03-28T21:59:59Z") == "2026-03-28");
  CHECK(local_day("2026-03-28T22:00:00Z") == "2026-03-29");
  CHECK(local_day("2026-03-29T00:59:59Z") == "2026-03-29");
  CHECK(local_day("2026-03-29T01:00:00Z") == "2026-03-29");
  CHECK(local_day("2026-03-29T20:59:59Z") == "2026-03-29");
  CHECK(local_day("2026-03-29T21:00:00Z") == "2026-03-30");
}

TEST_CASE("zone: the autumn day of 25 hours is one day", "[events][zone]") {
  CHECK(local_day("2026-10-24T20:59:59Z") == "2026-10-24");
  CHECK(local_day("2026-10-24T21:00:00Z") == "2026-10-25");
  CHECK(local_day("2026-10-25T00:30:00Z") == "2026-10-25");  // 03:30 for the first time
  CHECK(local_day("2026-10-25T01:30:00Z") == "2026-10-25");  // and again
  CHECK(local_day("2026-10-25T21:59:59Z") == "2026-10-25");
  CHECK(local_day("2026-10-25T22:00:00Z") == "2026-10-26");
}

TEST_CASE("zone: wall-clock times become instants", "[events][zone]") {
  CHECK(utc_of("2026-11-25", 0s) == "2026-11-24T22:00:00Z");
  CHECK(utc_of("2026-11-25", 10h) == "2026-11-25T08:00:00Z");
  CHECK(utc_of("2026-07-01", 10h) == "2026-07-01T07:00:00Z");
}

TEST_CASE("zone: of a repeated hour the first is meant", "[events][zone]") {
  CHECK(utc_of("2026-10-25", 2h + 59min + 59s) == "2026-10-24T23:59:59Z");
  CHECK(utc_of("2026-10-25", 3h + 30min) == "2026-10-25T00:30:00Z");
  CHECK(utc_of("2026-10-25", 4h) == "2026-10-25T02:00:00Z");
}

TEST_CASE("zone: of the missing hour the moment of the jump is meant", "[events][zone]") {
  CHECK(utc_of("2026-03-29", 2h + 59min + 59s) == "2026-03-29T00:59:59Z");
  CHECK(utc_of("2026-03-29", 3h) == "2026-03-29T01:00:00Z");
  CHECK(utc_of("2026-03-29", 3h + 30min) == "2026-03-29T01:00:00Z");
  CHECK(utc_of("2026-03-29", 4h) == "2026-03-29T01:00:00Z");
}

TEST_CASE("zone: no clock shows the missing hour, every clock the repeated one", "[events][zone]") {
  CHECK_FALSE(kyiv().is_missing(day("2026-03-29"), 2h + 59min + 59s));
  CHECK(kyiv().is_missing(day("2026-03-29"), 3h));
  CHECK(kyiv().is_missing(day("2026-03-29"), 3h + 59min + 59s));
  CHECK_FALSE(kyiv().is_missing(day("2026-03-29"), 4h));
  CHECK_FALSE(kyiv().is_missing(day("2026-10-25"), 3h + 30min));
}

TEST_CASE("zone: a wall-clock time lies on its own day", "[events][zone]") {
  for (const std::string_view date : {"2026-03-29", "2026-10-25", "2026-11-25"}) {
    for (const auto time : {0s, std::chrono::seconds(3h + 30min), std::chrono::seconds(24h - 1s)}) {
      CHECK(format_date(kyiv().local_day(kyiv().to_instant(day(date), time))) == date);
    }
  }
}

TEST_CASE("zone: other houses live elsewhere", "[events][zone]") {
  CHECK(kyiv().name() == "Europe/Kyiv");
  CHECK(verdict(BusinessZone::named("Europe/Kiev")) == "ok");
  const auto utc = must(BusinessZone::named("UTC"));
  CHECK(format_date(utc.local_day(instant("2026-11-25T23:59:59Z"))) == "2026-11-25");
  CHECK(verdict(BusinessZone::named("Europe/Atlantis")) == "misconfigured");
  CHECK(verdict(BusinessZone::named("")) == "misconfigured");
}

TEST_CASE("zone: it says by which time-zone data it counts", "[events][zone]") {
  // The edition of the machine: a year and a letter.
  const auto& version = kyiv().data_version();
  REQUIRE(version);
  REQUIRE(version->size() == 5);
  CHECK(version->substr(0, 2) == "20");
  CHECK(version->back() >= 'a');
  CHECK(version->back() <= 'z');
}

}  // namespace ledger::testing
