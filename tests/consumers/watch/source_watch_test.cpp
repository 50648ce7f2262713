// Goal: a source that falls silent is told once, and once when it speaks again, and figures are
// kept of a bounded number of sources. Method: the house in memory, with a clock that is set.
#include "consumers/watch/source_watch.h"

#include <fmt/format.h>

#include "tests/support/catch.h"
#include "tests/support/house.h"

using namespace ledger;
using ledger::testing::House;
using sources::State;

namespace {

void speak(House& house, const std::string& source, const std::string& now) {
  house.set_now(now);
  const auto answer = house.post(fmt::format(
      R"({{"specversion":"1.0","id":"{}","source":"{}","type":"org.salesledger.lead.found.v1","time":"{}","data":{{"client_id":"c-1","manager_id":"m-1","channel":"other"}}}})",
      now, source, now));
  REQUIRE(answer.status == 201);
}

// Every hour of five working days, from 9 to 17 in Kyiv.
void speak_for_a_week(House& house, const std::string& source) {
  for (int day = 16; day <= 20; ++day) {
    for (int hour = 7; hour <= 15; ++hour) {
      speak(house, source, fmt::format("2026-11-{:02}T{:02}:00:00Z", day, hour));
    }
  }
}

}  // namespace

TEST_CASE("source watch: silence is told once, and so is its end", "[consumers][watch]") {
  House house("2026-11-16T07:00:00Z");
  bool is_current = true;
  SourceWatch watch({*house.views, house.clock, BusinessZone::named("Europe/Kyiv").value(),
                     sources::kSilentMinutesMinDefault, [&] { return is_current; }});
  speak_for_a_week(house, "asterisk/main");
  house.set_now("2026-11-16T07:00:00Z");
  speak_for_a_week(house, "ledger/notice");  // a rule of our own speaks when others do
  house.set_now("2026-11-16T07:00:00Z");
  speak_for_a_week(house, "people/o.savchuk");  // a person is no machine that fails
  speak(house, "bank", "2026-11-20T15:30:00Z");
  CHECK(watch.look().value().empty());
  CHECK(watch.figures().watched.size() == 1);  // the bank was heard on one day only
  // Three hours after 17:00 on Friday: at 11:00 on Monday, to the minute.
  house.set_now("2026-11-23T09:00:59Z");
  CHECK(watch.look().value().empty());
  house.set_now("2026-11-23T09:01:00Z");
  const auto silent = watch.look().value();
  REQUIRE(silent.size() == 1);
  CHECK(silent[0].source == "asterisk/main");
  CHECK(silent[0].now.state == State::kSilent);
  CHECK(silent[0].now.silent_minutes == 181);
  CHECK(silent[0].now.silent_after == 180);
  house.set_now("2026-11-23T10:00:00Z");
  CHECK(watch.look().value().empty());
  CHECK(watch.figures().watched.at("asterisk/main").state == State::kSilent);
  speak(house, "asterisk/main", "2026-11-23T10:30:00Z");
  const auto speaks = watch.look().value();
  REQUIRE(speaks.size() == 1);
  CHECK(speaks[0].now.state == State::kSpeaking);
  CHECK(watch.look().value().empty());
}

TEST_CASE("source watch: what is silent at the first look is told; what is given up is not",
          "[consumers][watch]") {
  House house("2026-11-16T07:00:00Z");
  bool is_current = false;
  SourceWatch watch({*house.views, house.clock, BusinessZone::named("Europe/Kyiv").value(),
                     sources::kSilentMinutesMinDefault, [&] { return is_current; }});
  speak_for_a_week(house, "asterisk/main");
  house.set_now("2026-11-25T10:00:00Z");
  CHECK(watch.look().value().empty());  // the views may have more to come
  is_current = true;
  CHECK(watch.look().value().size() == 1);
  house.set_now("2027-01-25T10:00:00Z");
  CHECK(watch.look().value().empty());
  CHECK(watch.figures().watched.empty());
}

TEST_CASE(
    "source watch: the end of a long silence is told, although the habit is forgotten by then",
    "[consumers][watch]") {
  House house("2026-11-16T07:00:00Z");
  SourceWatch watch({*house.views, house.clock, BusinessZone::named("Europe/Kyiv").value(),
                     sources::kSilentMinutesMinDefault, [] { return true; }});
  speak_for_a_week(house, "asterisk/main");
  house.set_now("2026-12-16T10:00:00Z");
  CHECK(watch.look().value().size() == 1);
  speak(house, "asterisk/main", "2026-12-16T11:00:00Z");
  const auto speaks = watch.look().value();
  REQUIRE(speaks.size() == 1);
  CHECK(speaks[0].now.state == State::kRare);
  CHECK(watch.figures().watched.empty());
  CHECK(watch.look().value().empty());
}

TEST_CASE("source watch: the metrics have a label for a bounded number of sources",
          "[consumers][watch]") {
  House house("2026-11-16T07:00:00Z");
  SourceWatch watch({*house.views, house.clock, BusinessZone::named("Europe/Kyiv").value(),
                     sources::kSilentMinutesMinDefault, [] { return true; }});
  for (int day = 16; day <= 20; ++day) {
    for (std::size_t i = 0; i < SourceWatch::kWatchedMax + 2; ++i) {
      speak(house, fmt::format("source-{:03}", i), fmt::format("2026-11-{:02}T08:00:00Z", day));
    }
  }
  CHECK(watch.look().value().empty());
  CHECK(watch.figures().watched.size() == SourceWatch::kWatchedMax);
  CHECK(watch.figures().beyond == 2);
  Metrics metrics;
  add_source_metrics(metrics, watch);
  const std::string text = metrics.text();
  CHECK(text.find("ledger_source_silent{source=\"source-000\"} 0") != std::string::npos);
  CHECK(text.find("ledger_source_silent_minutes{source=\"source-099\"}") != std::string::npos);
  CHECK(text.find("source-100") == std::string::npos);
  CHECK(text.find("ledger_sources_beyond_limit 2") != std::string::npos);
}
