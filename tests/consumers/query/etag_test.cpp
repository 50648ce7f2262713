#include "consumers/query/etag.h"

#include "tests/support/catch.h"

#include "consumers/access/principal.h"
#include "tests/support/house.h"

using namespace ledger;
using ledger::testing::House;

namespace {

constexpr auto kMeeting = R"({"specversion":"1.0","id":"e-1","source":"test",
  "type":"org.salesledger.meeting.held.v1","time":"2026-11-24T08:00:00Z",
  "data":{"client_id":"c-1","manager_id":"m-1","topic":"умови"}})";

http::Request card(std::vector<std::pair<std::string, std::string>> query = {}) {
  http::Request request;
  request.method = "GET";
  request.segments = {"v1", "clients", "c-1"};
  request.query = std::move(query);
  return request;
}

std::string tag(const http::Response& response) {
  for (const auto& [name, value] : response.headers) {
    if (name == "ETag") return value;
  }
  return {};
}

http::Response ask(const House& house, http::Request request, std::string_view known = {}) {
  if (!known.empty()) request.headers.emplace_back("if-none-match", known);
  return house.router().call(std::move(request));
}

std::shared_ptr<const Principal> auditor(std::string id) {
  Principal who;
  who.id = std::move(id);
  who.role = Role::kAuditor;
  return std::make_shared<const Principal>(std::move(who));
}

}  // namespace

TEST_CASE("etag: the same question at the same position is answered 304", "[query]") {
  House house;
  house.post(kMeeting);
  const auto first = ask(house, card());
  REQUIRE(first.status == 200);
  CHECK(tag(first).starts_with("W/\""));
  for (const std::string& known : {tag(first), "\"x\", " + tag(first), tag(first).substr(2)}) {
    const auto again = ask(house, card(), known);
    CHECK(again.status == 304);
    CHECK(again.body.empty());
    CHECK(tag(again) == tag(first));
  }
  CHECK(ask(house, card(), "*").status == 200);
  CHECK(ask(house, card(), "W/\"x\"").status == 200);
}

TEST_CASE("etag: it is another with an event, a day, a parameter, a form, or who asks", "[query]") {
  House house;
  house.post(kMeeting);
  const std::string known = tag(ask(house, card()));
  CHECK(ask(house, card({{"as_of", "2026-11-24"}}), known).status == 200);
  CHECK(ask(house, card({{"max_wait", "1"}}), known).status == 304);
  auto other_form = card();
  other_form.headers.emplace_back("accept", "application/json");
  CHECK(ask(house, other_form, known).status == 200);
  auto asked = card();
  asked.principal = auditor("one");
  const std::string of_one = tag(ask(house, asked));
  CHECK(of_one != known);
  CHECK(ask(house, asked, of_one).status == 304);
  asked.principal = auditor("other");
  CHECK(ask(house, asked, of_one).status == 200);
  house.set_now("2026-11-25T15:59:00Z");
  CHECK(ask(house, card(), known).status == 304);
  house.set_now("2026-11-26T15:00:00Z");
  CHECK(ask(house, card(), known).status == 200);
}

TEST_CASE("etag: an event behind it makes it stale", "[query]") {
  House house;
  house.post(kMeeting);
  const std::string known = tag(ask(house, card()));
  std::string next(kMeeting);
  next.replace(next.find("e-1"), 3, "e-2");
  house.post(next);
  CHECK(ask(house, card(), known).status == 200);
}

TEST_CASE("etag: what is expected by now is of its minute; what is refused has none", "[query]") {
  House house;
  http::Request board;
  board.method = "GET";
  board.segments = {"v1", "quotas"};
  const std::string known = tag(ask(house, board));
  CHECK_FALSE(known.empty());
  house.set_now("2026-11-25T15:00:59Z");
  CHECK(ask(house, board, known).status == 304);
  house.set_now("2026-11-25T15:01:00Z");
  CHECK(ask(house, board, known).status == 200);
  CHECK(tag(ask(house, card())).empty());  // nobody knows c-1
}

TEST_CASE("etag: the log's is of its end too, and whoever waits for its next event has none",
          "[query]") {
  House house("2026-11-25T15:00:00Z", 1);
  house.post(kMeeting);
  http::Request log;
  log.method = "GET";
  log.segments = {"v1", "log"};
  const std::string known = tag(ask(house, log));
  CHECK_FALSE(known.empty());
  CHECK(ask(house, log, known).status == 304);
  auto waiting = log;
  waiting.query.emplace_back("max_wait", "0");
  CHECK(ask(house, waiting, known).status == 200);
  CHECK(tag(ask(house, waiting)).empty());
  house.log.inject(0, "a line that no view shows yet");
  const auto more = ask(house, log, known);
  CHECK(more.status == 200);
  CHECK(tag(more) != known);
}

TEST_CASE("etag: what is parked stands by the position", "[query]") {
  House house("2026-11-25T15:00:00Z", 1);
  house.post(kMeeting);
  http::Request request;
  request.method = "GET";
  request.segments = {"v1", "parked"};
  const std::string known = tag(ask(house, request));
  CHECK_FALSE(known.empty());
  CHECK(ask(house, request, known).status == 304);
  house.log.inject(0, "not an event");
  house.settle();
  CHECK(ask(house, request, known).status == 200);
}

TEST_CASE("etag: what may be cut while it is sent has none", "[query]") {
  House house;
  house.post(kMeeting);
  http::Request rows;
  rows.method = "GET";
  rows.segments = {"v1", "rows"};
  CHECK(tag(ask(house, rows)).empty());
  http::Request list;
  list.method = "GET";
  list.segments = {"v1", "clients"};
  CHECK_FALSE(tag(ask(house, list)).empty());
  list.headers.emplace_back("accept", "application/x-ndjson");
  const auto lines = ask(house, list);
  CHECK(lines.status == 200);
  CHECK(lines.stream);
  CHECK(tag(lines).empty());
}
