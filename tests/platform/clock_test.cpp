// Goal: an instant has one spelling, and only RFC 3339 is read as one. Method: tables of both
// directions; the invalid neighbour of every valid case.
#include "platform/clock.h"

#include <utility>

#include "platform/calendar_month.h"
#include "tests/support/catch.h"

namespace ledger {

namespace {

std::string again(std::string_view text) {
  const auto instant = parse_timestamp(text);
  return instant ? format_timestamp(*instant) : std::string(name_of(instant.error().code));
}

std::string date_again(std::string_view text) {
  const auto date = parse_date(text);
  return date ? format_date(*date) : std::string(name_of(date.error().code));
}

}  // namespace

TEST_CASE("clock: an instant has one spelling", "[platform][clock]") {
  for (const auto& [text, spelling] : {
           std::pair{"2026-11-25T08:00:00Z", "2026-11-25T08:00:00Z"},
           std::pair{"2026-11-25t08:00:00z", "2026-11-25T08:00:00Z"},
           std::pair{"2026-11-25T10:00:00+02:00", "2026-11-25T08:00:00Z"},
           std::pair{"2026-11-25T03:00:00-05:00", "2026-11-25T08:00:00Z"},
           std::pair{"2026-11-25T08:00:00+00:00", "2026-11-25T08:00:00Z"},
           std::pair{"2026-11-25T08:00:00-00:00", "2026-11-25T08:00:00Z"},
           std::pair{"2026-11-25T13:45:00+05:45", "2026-11-25T08:00:00Z"},
           std::pair{"2026-11-26T07:59:00+23:59", "2026-11-25T08:00:00Z"},
           std::pair{"2026-11-25T00:30:00+02:00", "2026-11-24T22:30:00Z"},
           std::pair{"2026-12-31T23:30:00-01:00", "2027-01-01T00:30:00Z"},
           std::pair{"2026-11-25T08:00:00.5Z", "2026-11-25T08:00:00.500000Z"},
           std::pair{"2026-11-25T08:00:00.000001Z", "2026-11-25T08:00:00.000001Z"},
           std::pair{"2026-11-25T08:00:00.123456+00:00", "2026-11-25T08:00:00.123456Z"},
           std::pair{"2026-11-25T08:00:00.000000Z", "2026-11-25T08:00:00Z"},
           std::pair{"2026-11-25T08:00:00.0Z", "2026-11-25T08:00:00Z"},
           std::pair{"2024-02-29T23:59:59.999999Z", "2024-02-29T23:59:59.999999Z"},
       }) {
    INFO(text);
    CHECK(again(text) == spelling);
    CHECK(again(spelling) == spelling);
  }
}

TEST_CASE("clock: what is no RFC 3339 time is refused", "[platform][clock]") {
  for (const std::string_view text : {"",
                                      "2026-11-25",
                                      "2026-11-25T08:00:00",  // whose zone?
                                      "2026-11-25T08:00Z",
                                      "2026-11-25 08:00:00Z",
                                      "2026-11-25T8:00:00Z",
                                      "2026-11-25T08:00:00.Z",
                                      "2026-11-25T08:00:00,5Z",
                                      "2026-11-25T03:31:19.1234567Z",
                                      "2026-11-25T03:31:19.1234567890Z",
                                      "2026-11-25T24:00:00Z",
                                      "2026-11-25T23:60:00Z",
                                      "2016-12-31T23:59:60Z",  // a leap second
                                      "2026-11-25T08:00:00+2:00",
                                      "2026-11-25T08:00:00+0200",
                                      "2026-11-25T08:00:00+02",
                                      "2026-11-25T08:00:00+24:00",
                                      "2026-11-25T08:00:00+02:60",
                                      "2026-11-25T08:00:00 +02:00",
                                      "2026-11-25T08:00:00EET",
                                      "2026-11-25T08:00:00ZZ",
                                      "2026-11-25T08:00:00Z ",
                                      " 2026-11-25T08:00:00Z",
                                      "+2026-11-25T08:00:00Z",
                                      "2026-11-25T-8:00:00Z",
                                      "20261125T080000Z",
                                      "2026-02-30T08:00:00Z",
                                      "2026-13-01T08:00:00Z",
                                      "2026-00-01T08:00:00Z",
                                      "2026-11-00T08:00:00Z",
                                      "2025-02-29T08:00:00Z",
                                      "1764057600"}) {
    INFO(text);
    CHECK(again(text) == "invalid-field");
  }
}

TEST_CASE("clock: the years that are kept, by UTC", "[platform][clock]") {
  CHECK(again("1990-01-01T00:00:00Z") == "1990-01-01T00:00:00Z");
  CHECK(again("1989-12-31T23:59:59.999999Z") == "out-of-range");
  CHECK(again("2100-12-31T23:59:59.999999Z") == "2100-12-31T23:59:59.999999Z");
  CHECK(again("2101-01-01T00:00:00Z") == "out-of-range");
  CHECK(again("0000-01-01T00:00:00Z") == "out-of-range");
  CHECK(again("9999-12-31T23:59:59Z") == "out-of-range");
  // An offset may carry an instant over the edge: then it could not be read back from the log.
  CHECK(again("1990-01-01T01:59:59+02:00") == "out-of-range");
  CHECK(again("1990-01-01T02:00:00+02:00") == "1990-01-01T00:00:00Z");
  CHECK(again("2100-12-31T22:59:59-01:00") == "2100-12-31T23:59:59Z");
  CHECK(again("2100-12-31T23:00:00-01:00") == "out-of-range");
}

TEST_CASE("clock: dates", "[platform][clock]") {
  CHECK(date_again("2026-11-25") == "2026-11-25");
  CHECK(date_again("2024-02-29") == "2024-02-29");
  CHECK(date_again("1990-01-01") == "1990-01-01");
  CHECK(date_again("2100-12-31") == "2100-12-31");
  CHECK(date_again("1989-12-31") == "out-of-range");
  CHECK(date_again("2101-01-01") == "out-of-range");
  for (const std::string_view text :
       {"", "2026-11-5", "2026-1-25", "26-11-25", "2026/11/25", "25.11.2026", "20261125",
        "2026-11-25Z", " 2026-11-25", "2026-11-31", "2026-02-29", "2100-02-29", "2026-00-10",
        "2026-10-00", "2026-11-2x", "-026-11-25"}) {
    INFO(text);
    CHECK(date_again(text) == "invalid-field");
  }
}

TEST_CASE("clock: a month is its first day", "[platform][clock]") {
  const Date leap = parse_month("2028-02").value();
  CHECK(format_date(leap) == "2028-02-01");
  CHECK(format_month(parse_date("2028-02-29").value()) == "2028-02");
  CHECK(format_date(last_of_month(leap)) == "2028-02-29");
  CHECK(format_date(last_of_month(parse_month("2026-12").value())) == "2026-12-31");
  CHECK(first_of_month(last_of_month(leap)) == leap);
  for (const auto* text : {"", "2026", "2026-1", "2026-13", "2026-11-01", "2026/11"}) {
    INFO(text);
    REQUIRE_FALSE(parse_month(text));
    CHECK(parse_month(text).error().code == ErrorCode::kInvalidField);
  }
  CHECK(parse_month("1969-01").error().code == ErrorCode::kOutOfRange);
}

TEST_CASE("months: the same day where there is one, else the last", "[platform][clock]") {
  const auto later = [](const char* day, int months) {
    return format_date(add_months(parse_date(day).value(), months));
  };
  CHECK(later("2026-08-30", 6) == "2027-02-28");
  CHECK(later("2026-08-31", 6) == "2027-02-28");
  CHECK(later("2027-08-31", 6) == "2028-02-29");
  CHECK(later("2028-02-29", 12) == "2029-02-28");
  CHECK(later("2026-08-28", 6) == "2027-02-28");
  CHECK(later("2026-01-31", -2) == "2025-11-30");
  CHECK(later("2026-12-15", 1) == "2027-01-15");
  CHECK(later("2026-12-15", 0) == "2026-12-15");
  const Date last = parse_date("2026-03-31").value();
  CHECK(format_date(month_start(last, 0)) == "2026-03-01");
  CHECK(format_date(month_start(last, -1)) == "2026-02-01");
  CHECK(format_date(month_start(last, 10)) == "2027-01-01");
  CHECK(kLastDay > parse_date("2100-12-31").value());
}

TEST_CASE("clock: counting days", "[platform][clock]") {
  const Date date = *parse_date("2026-11-25");
  CHECK(days_between(date, date) == 0);
  CHECK(days_between(date, *parse_date("2026-11-26")) == 1);
  CHECK(days_between(*parse_date("2026-11-26"), date) == -1);
  CHECK(days_between(*parse_date("2024-02-28"), *parse_date("2024-03-01")) == 2);
  CHECK(format_date(add_days(date, 6)) == "2026-12-01");
  CHECK(format_date(add_days(date, -25)) == "2026-10-31");
  CHECK(format_date(add_days(*parse_date("2024-02-28"), 1)) == "2024-02-29");
}

TEST_CASE("clock: instants before 1970 keep their fractions", "[platform][clock]") {
  using namespace std::chrono_literals;
  CHECK(format_timestamp(Timestamp{-1us}) == "1969-12-31T23:59:59.999999Z");
}

TEST_CASE("clock: a fixed clock stands still", "[platform][clock]") {
  FixedClock clock(*parse_timestamp("2026-11-25T08:00:00Z"));
  CHECK(clock.now() == clock.now());
  clock.set(*parse_timestamp("2026-11-25T09:00:00Z"));
  CHECK(format_timestamp(clock.now()) == "2026-11-25T09:00:00Z");
}

}  // namespace ledger
