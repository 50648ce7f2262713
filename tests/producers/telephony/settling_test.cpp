// Goal: a call is delivered once its legs are all there, corrected if one comes late, and nothing
// of it is forgotten before it is delivered. Method: legs by hand, and a clock that the test moves.
#include "producers/telephony/asterisk/settling.h"

#include "tests/support/catch.h"

using namespace ledger;
using namespace ledger::asterisk;
using namespace std::chrono_literals;

namespace {

const Timestamp kNoon = parse_timestamp("2026-11-24T10:00:00Z").value();

Leg leg(const std::string& key, Timestamp ended_at, const std::string& device = "101") {
  Leg leg;
  leg.call_key = key;
  leg.src = "0501112233";
  leg.dst = "600";
  leg.channel = "PJSIP/t-" + key;
  leg.dst_channel = "PJSIP/" + device + "-1";
  leg.started_at = leg.answered_at = ended_at - 60s;
  leg.ended_at = ended_at;
  leg.talk_s = 60;
  leg.outcome = CallOutcome::kAnswered;
  return leg;
}

LegOrigin at(std::uint64_t number, std::size_t channel = 0) {
  return {channel, number, {1, number * 100, "head"}};
}

using Keys = std::vector<std::string>;
using Reading = SettlingCalls::Reading;

}  // namespace

TEST_CASE("settling: a call waits until no leg has come for a while", "[producers][telephony]") {
  SettlingCalls calls({.settle = 30s});
  CHECK(calls.add(leg("a", kNoon), at(1), kNoon));
  CHECK(calls.settled(kNoon + 29s, 10, Reading::kAtEnd).empty());
  CHECK(calls.add(leg("a", kNoon + 29s, "102"), at(2), kNoon + 29s));
  CHECK(calls.settled(kNoon + 58s, 10, Reading::kAtEnd).empty());
  CHECK(calls.settled(kNoon + 59s, 10, Reading::kAtEnd) == Keys{"a"});
  CHECK(calls.call("a").legs().size() == 2);
  CHECK(calls.settled(kNoon, 10, Reading::kOver) == Keys{"a"});
}

TEST_CASE("settling: a backlog settles by its own time, not by ours", "[producers][telephony]") {
  SettlingCalls calls({.settle = 30s});
  const Timestamp now = kNoon + 24h;
  calls.add(leg("a", kNoon), at(1), now);
  calls.add(leg("b", kNoon + 10s), at(2), now);
  CHECK(calls.settled(now, 10, Reading::kAtEnd).empty());
  calls.add(leg("c", kNoon + 35s), at(3), now);
  CHECK(calls.settled(now, 10, Reading::kAtEnd) == Keys{"a"});
  // The other channel's time says nothing of this one's.
  calls.add(leg("d", now), at(4, 1), now);
  CHECK(calls.settled(now, 10, Reading::kAtEnd) == Keys{"a"});
  CHECK(calls.settled(now + 30s, 10, Reading::kAtEnd) == Keys{"a", "b", "c", "d"});
  CHECK(calls.settled(now + 30s, 2, Reading::kAtEnd) == Keys{"a", "b"});
}

TEST_CASE("settling: a record of next year settles nothing", "[producers][telephony]") {
  SettlingCalls calls({.settle = 30s});
  calls.add(leg("a", kNoon + 24h * 365), at(1), kNoon);
  calls.add(leg("b", kNoon), at(2), kNoon);
  CHECK(calls.settled(kNoon, 10, Reading::kAtEnd).empty());
}

TEST_CASE("settling: the exchange's word that a call is over spares the wait",
          "[producers][telephony]") {
  SettlingCalls calls({.settle = 30s});
  calls.ended("a", kNoon);  // of a call that nobody has heard of
  calls.add(leg("a", kNoon), at(1), kNoon);
  calls.ended("a", kNoon);
  CHECK(calls.settled(kNoon + 2s, 10, Reading::kAtEnd).empty());
  CHECK(calls.settled(kNoon + 3s, 10, Reading::kAtEnd) == Keys{"a"});
}

TEST_CASE("settling: a late leg brings its call back, a known one does not",
          "[producers][telephony]") {
  SettlingCalls calls({.settle = 30s});
  calls.add(leg("a", kNoon), at(1), kNoon);
  CHECK_FALSE(calls.add(leg("a", kNoon), at(2, 1), kNoon));
  calls.done("a");
  CHECK(calls.waiting() == 0);
  CHECK_FALSE(calls.add(leg("a", kNoon), at(3), kNoon + 1h));
  CHECK(calls.waiting() == 0);
  CHECK(calls.add(leg("a", kNoon + 10min, "102"), at(4), kNoon + 1h));
  CHECK(calls.settled(kNoon + 2h, 10, Reading::kAtEnd) == Keys{"a"});
  CHECK(calls.call("a").legs().size() == 2);
}

TEST_CASE("settling: reading starts again at the first record that is not delivered",
          "[producers][telephony]") {
  SettlingCalls calls({.settle = 30s});
  CHECK_FALSE(calls.first_waiting(0).has_value());
  calls.add(leg("a", kNoon), at(1), kNoon);
  calls.add(leg("b", kNoon), at(2), kNoon);
  calls.add(leg("c", kNoon), at(3, 1), kNoon);
  calls.add(leg("a", kNoon, "102"), at(4, 1), kNoon);
  CHECK(calls.first_waiting(0)->offset == 100);
  CHECK(calls.first_waiting(1)->offset == 300);
  calls.done("a");
  CHECK(calls.first_waiting(0)->offset == 200);
  calls.done("c");
  CHECK_FALSE(calls.first_waiting(1).has_value());
}

TEST_CASE("settling: what is remembered outlives a restart, what is not delivered is read again",
          "[producers][telephony]") {
  SettlingCalls before({.settle = 30s});
  before.add(leg("a", kNoon), at(1), kNoon);
  before.done("a");
  before.add(leg("a", kNoon, "102"), at(2), kNoon);
  before.add(leg("b", kNoon), at(3), kNoon);
  SettlingCalls after({.settle = 30s});
  after.restore(before.remembered());
  CHECK(after.waiting() == 0);
  CHECK_FALSE(after.add(leg("a", kNoon), at(1), kNoon));
  CHECK(after.add(leg("a", kNoon, "102"), at(2), kNoon));
  CHECK(after.call("a").legs().size() == 2);
  CHECK(after.add(leg("b", kNoon), at(3), kNoon));
}

TEST_CASE("settling: old calls are forgotten, waiting ones never", "[producers][telephony]") {
  SettlingCalls calls({.settle = 30s, .remember = 1h, .remembered_max = 2});
  for (int i = 0; i < 5; ++i) {
    const std::string key(1, static_cast<char>('a' + i));
    calls.add(leg(key, kNoon), at(static_cast<std::uint64_t>(i) + 1), kNoon + i * 1s);
    if (i != 0) calls.done(key);
  }
  CHECK(calls.crowded());
  calls.forget_old(kNoon + 10s);
  CHECK_FALSE(calls.crowded());
  CHECK(calls.remembered().size() == 2);
  CHECK(calls.settled(kNoon, 10, Reading::kOver) == Keys{"a"});
  calls.forget_old(kNoon + 2h);
  CHECK(calls.remembered().empty());
  CHECK(calls.waiting() == 1);
}

TEST_CASE("settling: an id tells whether the legs that began the call are there",
          "[producers][telephony]") {
  const auto lacks = [](const std::string& key, Timestamp started_at) {
    Leg one = leg(key, started_at + 60s);
    Call call;
    call.add(std::move(one));
    return call.lacks_beginning();
  };
  const std::string epoch = std::to_string(
      std::chrono::duration_cast<std::chrono::seconds>(kNoon.time_since_epoch()).count());
  CHECK_FALSE(lacks(epoch + ".1", kNoon));
  CHECK_FALSE(lacks(epoch + ".1", kNoon + 5s));
  CHECK(lacks(epoch + ".1", kNoon + 6s));
  CHECK(lacks("pbx-7-" + epoch + ".1", kNoon + 6s));
  CHECK_FALSE(lacks(epoch + ".1", kNoon + 49h));  // no id of this call's
  CHECK_FALSE(lacks("", kNoon));
  CHECK_FALSE(lacks("PJSIP/101-0000000a|2026-11-24_10:00:00", kNoon));
  CHECK_FALSE(lacks("99999999999999999999.1", kNoon));
}
