// Goal: whatever the server answers, nothing is lost, nothing is passed over in silence, and memory
// stays bounded. Method: as in connector_test.cpp.
#include <algorithm>

#include "tests/consumers/ledger-telephony/beside.h"

using namespace ledger;
using namespace ledger::edge;
using namespace std::chrono_literals;

namespace {

// A leg that begins five minutes after its call did, by the call's id.
std::string late_part() {
  std::string text = line(7, "102", 90, 7);
  for (std::size_t at = 0; (at = text.find("\"176.", at)) != std::string::npos; ++at) {
    text.replace(at, 5, "\"1795507200.");
  }
  for (std::size_t at = 0; (at = text.find("10:00:00", at)) != std::string::npos; ++at) {
    text.replace(at, 8, "10:05:00");
  }
  text.replace(text.find(",600,"), 5, ",300,");
  return text;
}

}  // namespace

TEST_CASE("edge: while the server is away reading stops, and goes on with it",
          "[consumers][edge]") {
  constexpr int kCalls = 15'000;
  Beside beside;
  beside.door.refuse_all(503);
  std::string text;
  for (int i = 1; i <= kCalls; ++i) text += line(i);
  beside.write(text);
  beside.work();
  for (int i = 0; i < 20; ++i) beside.work(60s);
  const auto read = beside.counters().lines.load();
  CHECK(read >= kWaitingCallsMax);
  CHECK(read < kCalls);
  CHECK(beside.counters().lag_bytes > 0);
  CHECK(beside.counters().delivered == 0);
  beside.door.refuse_all(0);
  for (int i = 0; i < 20; ++i) beside.work(60s);
  CHECK(beside.counters().delivered == kCalls);
  CHECK(beside.door.events().size() == kCalls);
  CHECK(beside.counters().lag_bytes == 0);
}

TEST_CASE("edge: a server that takes no request of ours is waited for, and nothing is refused",
          "[consumers][edge]") {
  for (const int status : {401, 403, 404, 429, 500, 502}) {
    INFO(status);
    Beside beside;
    beside.door.refuse_all(status);
    beside.write(line(1));
    beside.work();
    beside.work(30s);
    CHECK(beside.connector().trouble() == "not now");
    CHECK(beside.counters().refused == 0);
    CHECK(beside.counters().server_away);
    beside.door.refuse_all(0);
    beside.work(60s);
    CHECK(beside.counters().delivered == 1);
    CHECK(beside.connector().trouble().empty());
    CHECK_FALSE(beside.counters().server_away);
  }
}

TEST_CASE("edge: a proxy's page is no word on a call, the ledger's problem is",
          "[consumers][edge]") {
  constexpr auto kOwn = R"({"type":"urn:salesledger:problem:too-large","detail":"not now"})";
  const std::vector<std::pair<std::string, std::string>> foreign{
      {"text/html", "<h1>Request Entity Too Large</h1>"},
      {"application/json", kOwn},
      {"application/problem+json", R"({"type":"about:blank","detail":"not now"})"}};
  for (const int status : {400, 413, 422}) {
    for (const auto& [type, page] : foreign) {
      INFO(status << " " << page);
      Beside beside;
      beside.door.refuse_all(status, {0, type, page});
      beside.write(line(1) + line(2));
      beside.work();
      beside.work(30s);
      CHECK(beside.connector().trouble().find("no answer of the ledger") != std::string::npos);
      CHECK(beside.counters().refused == 0);
      beside.door.refuse_all(0);
      beside.work(60s);
      CHECK(beside.counters().delivered == 2);
    }
    Beside beside;
    beside.door.refuse_all(status, {0, "application/problem+json", kOwn});
    beside.write(line(1) + line(2));
    beside.work();
    beside.work(30s);
    CHECK(beside.counters().refused == 2);
    CHECK(beside.counters().waiting == 0);
  }
}

TEST_CASE("edge: a call that is refused for good is kept and stops no other", "[consumers][edge]") {
  Beside beside;
  beside.door.refuse("call:176.2", 422, "invalid-field");
  beside.write(line(1) + line(2) + line(3));
  beside.work();
  beside.work(30s);
  CHECK(beside.counters().delivered == 2);
  CHECK(beside.counters().refused == 1);
  const std::string refused = beside.refused();
  CHECK(refused.find(R"("where":"call call:176.2")") != std::string::npos);
  CHECK(refused.find(R"("field":"data.x")") != std::string::npos);
  CHECK(refused.find("0501112233") != std::string::npos);
  beside.work(600s);
  CHECK(beside.refused() == refused);
}

TEST_CASE("edge: a correction that a person has ruled out is kept as refused",
          "[consumers][edge]") {
  Beside beside;
  beside.write(line(1));
  beside.work();
  beside.work(30s);
  beside.door.decide("call:176.1");
  beside.write(line(2, "102", 90, 1));
  beside.work(1s);
  beside.work(30s);
  CHECK(beside.counters().corrected == 0);
  CHECK(beside.counters().refused == 1);
  CHECK(beside.refused().find(R"("error":"conflict")") != std::string::npos);
  CHECK(beside.counters().waiting == 0);
}

TEST_CASE("edge: a call that the server's clock does not reach yet waits alone",
          "[consumers][edge]") {
  Beside beside;
  beside.door.refuse("call:176.2", 422, "out-of-range", "time");
  beside.write(line(1) + line(2) + line(3));
  beside.work();
  beside.work(30s);
  CHECK(beside.counters().delivered == 2);
  CHECK(beside.counters().waiting == 1);
  CHECK(beside.counters().refused == 0);
  CHECK(beside.connector().trouble().find("call:176.2: time no") == 0);
  beside.write(line(4));
  beside.work(1s);
  for (int i = 0; i < 3; ++i) beside.work(30s);
  CHECK(beside.counters().delivered == 3);
  beside.door.refuse("call:176.2", 0, "");
  beside.work(31s);
  CHECK(beside.counters().delivered == 4);
  CHECK(beside.connector().trouble().empty());
  CHECK(beside.refused().empty());
  // Nor does it help to wait for what lies ahead of our own clock as well.
  std::string wrong_clock = line(6);
  for (std::size_t at = 0; (at = wrong_clock.find("2026-", at)) != std::string::npos; ++at) {
    wrong_clock.replace(at, 5, "2099-");
  }
  beside.door.refuse("call:176.6", 422, "out-of-range", "time");
  beside.write(wrong_clock);
  beside.work(1s);
  beside.work(30s);
  CHECK(beside.counters().refused == 1);
  // Any other number out of its range is out of it for good.
  beside.door.refuse("call:176.5", 422, "out-of-range", "data.talk_s");
  beside.write(line(5));
  beside.work(1s);
  beside.work(30s);
  CHECK(beside.counters().refused == 2);
}

TEST_CASE("edge: a refused call is kept once, however often the rest of its batch is tried",
          "[consumers][edge]") {
  Beside beside;
  beside.write(line(2));
  beside.work();
  beside.work(30s);
  beside.door.refuse("call:176.1", 422, "invalid-field");
  beside.write(line(1) + line(3, "102", 90, 2));
  beside.work(1s);
  // The batch is judged, and a call whose beginning is not known here is not taken.
  beside.write(late_part());
  beside.door.refuse_after(1, 503);
  for (int i = 0; i < 3; ++i) beside.work(31s);
  CHECK(beside.counters().refused == 1);
  CHECK(beside.counters().waiting == 1);
  CHECK(beside.connector().trouble() == "not now");
  beside.door.refuse_all(0);
  beside.work(31s);
  CHECK(beside.counters().waiting == 0);
  CHECK(beside.counters().corrected == 1);
  const std::string refused = beside.refused();
  CHECK(std::count(refused.begin(), refused.end(), '\n') == 1);
}
