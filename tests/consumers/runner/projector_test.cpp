// Goal: one bad line never stops the others, a client's history never has a hole in it, and rows
// and offsets move together. Method: the house in memory, with lines put into its log from outside.
#include "consumers/runner/projector.h"

#include <fmt/format.h>

#include "consumers/runner/parking.h"
#include "tests/support/catch.h"
#include "tests/support/house.h"

using namespace ledger;
using ledger::testing::all_rows;
using ledger::testing::House;

namespace {

std::string meeting(const std::string& id, const std::string& client) {
  return fmt::format(
      R"({{"specversion":"1.0","id":"{}","source":"test","type":"org.salesledger.meeting.held.v1","time":"2026-11-24T08:00:00Z","data":{{"client_id":"{}","manager_id":"m-1","topic":"умови"}}}})",
      id, client);
}

// A void as no door would stamp it: it claims to take back something of a type that is not known.
std::string bad_void(const std::string& client) {
  return fmt::format(
      R"({{"specversion":"1.0","id":"bad","source":"test","type":"org.salesledger.event.voided.v1","subject":"{0}","time":"2026-11-24T08:00:00Z","recordedtime":"2026-11-24T08:00:00Z","localday":"2026-11-24","partitionkey":"{0}","datacontenttype":"application/json","dataschema":"urn:salesledger:schema:event.voided.v1","data":{{"target_source":"test","target_id":"a","reason":"x","was":{{"type":"no.such","position":"0:0","time":"2026-11-24T08:00:00Z","local_day":"2026-11-24","data":{{}}}}}}}})",
      client);
}

int meetings(House& house, const std::string& client) {
  const auto body = house.get("/v1/clients/" + client).body;
  const auto at = body.find("\"meeting\":");
  return at == std::string::npos ? 0 : std::atoi(body.c_str() + at + 10);
}

}  // namespace

TEST_CASE("projector: a line that cannot be read is parked with its reason",
          "[consumers][runner]") {
  House house("2026-11-25T15:00:00Z", 1);
  CHECK(house.post(meeting("a", "c-1")).status == 201);
  house.log.inject(0, "not an event");
  house.settle();
  CHECK(house.post(meeting("b", "c-1")).status == 201);
  CHECK(meetings(house, "c-1") == 2);
  const auto rows = parked(*house.views->current(), 10).value();
  REQUIRE(rows.size() == 1);
  CHECK(rows[0].position == Position{0, 1});
  CHECK(rows[0].reason.find("not JSON") != std::string::npos);
  CHECK(house.projector->counters().parked == 1);
}

TEST_CASE("projector: later events of a bad one's key wait behind it, others do not",
          "[consumers][runner]") {
  House house("2026-11-25T15:00:00Z", 1);
  CHECK(house.post(meeting("a", "c-1")).status == 201);
  house.log.inject(0, bad_void("c-1"));
  house.settle();
  CHECK(house.post(meeting("b", "c-1")).status == 201);
  CHECK(house.post(meeting("c", "c-2")).status == 201);
  CHECK(meetings(house, "c-1") == 1);
  CHECK(meetings(house, "c-2") == 1);
  const auto rows = parked(*house.views->current(), 10).value();
  REQUIRE(rows.size() == 2);
  CHECK_FALSE(rows[0].waiting);
  CHECK(rows[0].reason.find("no.such") != std::string::npos);
  CHECK(rows[1].waiting);
}

TEST_CASE("projector: what was parked, by an earlier knowledge and by a day",
          "[consumers][runner]") {
  House house("2026-11-25T15:00:00Z", 1);
  CHECK(house.post(meeting("a", "c-1")).status == 201);
  house.log.inject(0, bad_void("c-1"));  // recorded on the 24th, as it says
  house.log.inject(0, "not an event");   // cannot say when
  house.settle();
  CHECK(house.post(meeting("b", "c-1")).status == 201);  // waits behind the void
  const auto positions = [&](const std::string& question) {
    const auto body = house.get("/v1/parked" + question).body;
    std::string found;
    for (const auto* position : {"0:1", "0:2", "0:3"}) {
      if (body.find(fmt::format("\"position\":\"{}\"", position)) == std::string::npos) continue;
      found += found.empty() ? position : std::string(" ") + position;
    }
    return found;
  };
  CHECK(positions("") == "0:1 0:2 0:3");
  CHECK(positions("?known_at=2026-11-25T15:00:00Z") == "0:1 0:2 0:3");
  CHECK(positions("?known_at=2026-11-25T14:59:59Z") == "0:1 0:2");
  CHECK(positions("?known_at=2026-11-24T07:59:59Z") == "0:2");
  CHECK(positions("?as_of=2026-11-23") == "0:2");
  CHECK(positions("?as_of=2026-11-23&limit=1") == "0:2");
}

TEST_CASE("projector: a restart goes on from the last commit and parks the same",
          "[consumers][runner]") {
  House house("2026-11-25T15:00:00Z", 1);
  (void)house.post(meeting("a", "c-1"));
  house.log.inject(0, bad_void("c-1"));
  house.settle();
  ViewProgress progress(Frontier::start(1));
  const auto again = Projector::open(house.log, *house.views, progress).value();
  CHECK(progress.covers(house.log.end().value()));
  (void)house.log.append({{"c-1", "still not an event"}},
                         [](std::size_t, const Result<Position>&) {});
  REQUIRE(again->step(std::chrono::milliseconds(0)));
  CHECK(again->counters().events == 1);
  CHECK(parked(*house.views->current(), 10)->size() == 2);
}

TEST_CASE("projector: a line written twice counts once", "[consumers][runner]") {
  House house("2026-11-25T15:00:00Z", 1);
  (void)house.post(meeting("a", "c-1"));
  const auto before = all_rows(*house.views->current());
  house.log.inject(0, house.log.read({0, 0}).value());
  house.settle();
  CHECK(all_rows(*house.views->current()) == before);
  CHECK(house.projector->counters().duplicates == 1);
}
