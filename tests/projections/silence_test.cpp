// Goal: silence is measured in working time and by a source's own habit, and one long gap does not
// make a habit. Method: minutes on which a source was heard, written down, against the rule.
#include "projections/sources/silence.h"

#include "tests/support/catch.h"

using namespace ledger;
using directory::WorkingMinutes;
using sources::State;

namespace {

BusinessZone kyiv() { return BusinessZone::named("Europe/Kyiv").value(); }

Timestamp at(const std::string& text) { return parse_timestamp(text).value(); }
Date day(const std::string& text) { return parse_date(text).value(); }

// Monday to Friday; nobody has set a day.
WorkingMinutes clock_of(const std::string& from, const std::string& to) {
  return {directory::Calendar(), day(from), day(to), kyiv()};
}

std::vector<Timestamp> every(std::chrono::minutes step, const std::string& from,
                             const std::string& to) {
  std::vector<Timestamp> heard;
  for (Timestamp minute = at(from); minute <= at(to); minute += step) heard.push_back(minute);
  return heard;
}

sources::Silence judged(const std::vector<Timestamp>& heard, const std::string& now,
                        std::int64_t least = 60) {
  return sources::judge(heard, at(now), clock_of("2026-09-01", "2026-12-31"), kyiv(), least);
}

}  // namespace

TEST_CASE("silence: the clock goes from 9 to 18 on working days only", "[projections][sources]") {
  const auto clock = clock_of("2026-10-23", "2026-10-27");  // Friday to Tuesday, across summer time
  CHECK(clock.at(at("2026-10-22T12:00:00Z")) == 0);
  CHECK(clock.at(at("2026-10-23T05:59:00Z")) == 0);
  CHECK(clock.at(at("2026-10-23T06:01:00Z")) == 1);    // 9:01, UTC+3
  CHECK(clock.at(at("2026-10-23T15:00:00Z")) == 540);  // 18:00
  CHECK(clock.at(at("2026-10-25T10:00:00Z")) == 540);
  CHECK(clock.at(at("2026-10-26T07:00:00Z")) == 540);  // 9:00, UTC+2
  CHECK(clock.at(at("2026-10-26T07:01:00Z")) == 541);
  CHECK(clock.at(at("2026-10-30T07:01:00Z")) == 1620);
  CHECK(clock.days_back(day("2026-10-26"), 1) == day("2026-10-26"));
  CHECK(clock.days_back(day("2026-10-25"), 1) == day("2026-10-23"));
  CHECK(clock.days_back(day("2026-10-27"), 3) == day("2026-10-23"));
  CHECK(clock.days_back(day("2026-10-27"), 9) == day("2026-10-23"));
}

TEST_CASE("silence: a source that speaks around the clock is measured in working time too",
          "[projections][sources]") {
  const auto heard =
      every(std::chrono::minutes(30), "2026-11-02T00:00:00Z", "2026-11-20T15:00:00Z");
  const auto quiet = judged(heard, "2026-11-21T12:00:00Z");
  CHECK(quiet.state == State::kSpeaking);
  CHECK(quiet.usual_gap == 30);
  CHECK(quiet.silent_after == 90);
  CHECK(quiet.silent_minutes == 60);  // until Friday at 18:00
  CHECK(judged(heard, "2026-11-23T07:30:00Z").state == State::kSpeaking);
  CHECK(judged(heard, "2026-11-23T07:31:00Z").state == State::kSilent);
}

TEST_CASE("silence: no habit makes it shorter than what is configured", "[projections][sources]") {
  const auto heard = every(std::chrono::minutes(1), "2026-11-16T07:00:00Z", "2026-11-20T08:00:00Z");
  CHECK(judged(heard, "2026-11-20T09:00:00Z").state == State::kSpeaking);
  CHECK(judged(heard, "2026-11-20T09:01:00Z").state == State::kSilent);
  CHECK(judged(heard, "2026-11-20T09:01:00Z", 61).state == State::kSpeaking);
}

TEST_CASE("silence: one long gap among many does not become usual", "[projections][sources]") {
  auto heard = every(std::chrono::minutes(10), "2026-11-02T07:00:00Z", "2026-11-20T15:00:00Z");
  std::erase_if(heard, [](Timestamp minute) {
    return minute > at("2026-11-10T08:00:00Z") && minute < at("2026-11-10T14:00:00Z");
  });
  CHECK(judged(heard, "2026-11-20T15:30:00Z").usual_gap == 10);
}

TEST_CASE("silence: who delivers once a night is waited for, night by night",
          "[projections][sources]") {
  const auto heard = every(std::chrono::hours(24), "2026-11-02T01:00:00Z", "2026-11-20T01:00:00Z");
  CHECK(judged(heard, "2026-11-20T15:00:00Z").usual_gap == 540);
  CHECK(judged(heard, "2026-11-24T16:00:00Z").state == State::kSpeaking);  // three working days
  CHECK(judged(heard, "2026-11-25T07:01:00Z").state == State::kSilent);
}

TEST_CASE("silence: a habit is that of the twenty days before the last word",
          "[projections][sources]") {
  auto heard = every(std::chrono::hours(24 * 7), "2026-09-01T08:00:00Z", "2026-10-13T08:00:00Z");
  CHECK(judged(heard, "2026-10-14T08:00:00Z").state == State::kRare);  // four days of twenty
  const auto daily = every(std::chrono::hours(24), "2026-10-14T08:00:00Z", "2026-11-20T08:00:00Z");
  heard.insert(heard.end(), daily.begin(), daily.end());
  CHECK(judged(heard, "2026-11-20T09:00:00Z").usual_gap == 540);
  // A month later the habit is still the same one, and the source is given up.
  CHECK(judged(heard, "2026-11-30T08:00:00Z").usual_gap == 540);
  CHECK(judged(heard, "2026-12-31T08:00:00Z").state == State::kGone);
}
