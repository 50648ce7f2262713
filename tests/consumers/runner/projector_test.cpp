// Goal: one bad line never stops the others, a client's history never has a hole in it, and rows
// and offsets move together. Method: the house in memory, with lines put into its log from outside.
#include "consumers/runner/projector.h"

#include <fmt/format.h>

#include "consumers/runner/parking.h"
#include "events/json_lines.h"
#include "tests/consumers/runner/harm.h"

using namespace ledger;
using namespace ledger::testing;

TEST_CASE("projector: a line that cannot be read is parked with its reason",
          "[consumers][runner]") {
  House house("2026-11-25T15:00:00Z", 1);
  CHECK(house.post(meeting("a", "c-1")).status == 201);
  house.log.inject(0, "not an event");
  house.settle();
  CHECK(house.post(meeting("b", "c-1")).status == 201);
  CHECK(meetings(house, "c-1") == 2);
  const auto rows = parked(*house.views->current(), "", 10)->rows;
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
  const auto rows = parked(*house.views->current(), "", 10)->rows;
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

TEST_CASE("projector: whatever is parked is on one of its pages, and on one alone",
          "[consumers][runner]") {
  House house("2026-11-25T15:00:00Z", 1);
  CHECK(house.post(meeting("a", "c-1")).status == 201);
  for (const auto* client : {"c-5", "c-2", "c-4", "c-2"}) house.log.inject(0, bad_void(client));
  house.log.inject(0, "not an event");
  house.settle();
  std::vector<std::string> found;
  std::string question = "/v1/parked?limit=2";
  for (int pages = 1; !question.empty(); ++pages) {
    const auto body = house.get(question).body;
    for (std::size_t at = 0; (at = body.find("{\"position\":\"", at + 1)) != std::string::npos;) {
      found.push_back(body.substr(at + 13, body.find('"', at + 13) - at - 13));
    }
    // What is parked meanwhile moves nothing that stood there.
    if (pages == 1) {
      house.log.inject(0, bad_void("c-1"));
      house.settle();
    }
    const auto next = text_member(body, "next_cursor");
    question = next ? "/v1/parked?limit=2&cursor=" + *next : "";
    REQUIRE(pages < 5);
  }
  // By key: what cannot be read has none. c-1 came after its place had been passed.
  CHECK(found == std::vector<std::string>{"0:5", "0:2", "0:4", "0:3", "0:1"});
  CHECK_FALSE(text_member(house.get("/v1/parked?limit=6").body, "next_cursor"));
  const auto refused = house.get("/v1/parked?cursor=c-2");
  CHECK(refused.status == 422);
  CHECK(text_member(refused.body, "field") == "cursor");
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
  CHECK(parked(*house.views->current(), "", 10)->rows.size() == 2);
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
