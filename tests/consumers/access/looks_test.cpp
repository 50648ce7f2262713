// Goal: who looks at a client who is not his, or takes a list out, stands on record before he sees
// it, once an hour; who looks at his own leaves no trace. Method: the house of two departments, its
// log read after each question; the log away.
#include "consumers/access/looks.h"

#include <set>

#include "tests/consumers/access/two_departments.h"

using namespace ledger;
using namespace ledger::testing;

namespace {

std::size_t looks(TwoDepartments& house, std::string_view question = "/v1/access-log") {
  house.as_nobody();
  const auto answer = house.get(question);
  INFO(answer.body);
  REQUIRE(answer.status == 200);
  return boost::json::parse(answer.body).at("looks").as_array().size();
}

boost::json::value first_look(TwoDepartments& house) {
  house.as_nobody();
  return boost::json::parse(house.get("/v1/access-log").body).at("looks").at(0);
}

}  // namespace

TEST_CASE("looks: a head opens a card that is not his") {
  TwoDepartments house;
  house.as_head();
  REQUIRE(house.get("/v1/clients/c-1").status == 200);
  const auto look = first_look(house);
  CHECK(look.at("principal") == "p.m-9");
  CHECK(look.at("role") == "head");
  CHECK(look.at("action") == "viewed");
  CHECK(look.at("resource") == "/v1/clients/c-1");
  CHECK(look.at("client_id") == "c-1");
  CHECK(look.at("recorded") == "2026-11-25T15:00:00Z");
}

TEST_CASE("looks: a path that is no text is kept as it was asked for") {
  TwoDepartments house;
  house.as_role(Role::kAuditor);
  REQUIRE(house.get("/v1/clients/\x01%/receivables").status == 200);
  CHECK(first_look(house).at("resource") == "/v1/clients/%01%25/receivables");
}

TEST_CASE("looks: owner and stand-in look at their own") {
  TwoDepartments house;
  house.tell(
      "stand_in.appointed",
      R"({"appointment_id":"s-1","absent_manager_id":"m-2","stand_in_id":"m-1","from":"2026-11-24","to":"2026-11-25"})");
  house.as_manager();
  REQUIRE(house.get("/v1/clients/c-1").status == 200);
  REQUIRE(house.get("/v1/clients/c-2/timeline").status == 200);
  REQUIRE(house.get("/v1/clients/c-1/receivables").status == 200);
  CHECK(looks(house) == 0);
}

TEST_CASE("looks: one an hour for each thing, person and role") {
  TwoDepartments house;
  const auto look = [&] { return house.get("/v1/clients/c-1").status; };
  house.as_role(Role::kAuditor);
  CHECK(look() == 200);
  CHECK(look() == 200);
  house.set_now("2026-11-25T15:59:59Z");
  CHECK(look() == 200);
  CHECK(looks(house) == 1);
  house.as_role(Role::kAuditor);
  CHECK(house.get("/v1/clients/c-1/timeline").status == 200);
  CHECK(looks(house) == 2);
  house.as_role(Role::kAdmin);
  CHECK(look() == 200);
  CHECK(looks(house) == 3);
  house.set_now("2026-11-25T16:00:00Z");
  house.as_role(Role::kAuditor);
  CHECK(look() == 200);
  CHECK(looks(house) == 4);
}

TEST_CASE("looks: lists that are taken out, also by who may") {
  TwoDepartments house;
  house.as_role(Role::kAuditor);
  REQUIRE(house.get("/v1/receivables").status == 200);
  CHECK(looks(house) == 0);
  house.as_role(Role::kAuditor);
  REQUIRE(house.get("/v1/receivables?format=csv").status == 200);
  REQUIRE(house.get("/v1/rows").status == 200);
  REQUIRE(house.get("/v1/log?limit=1").status == 200);
  CHECK(looks(house) == 3);
  const auto look = first_look(house);
  CHECK(look.at("action") == "exported");
  CHECK(look.as_object().if_contains("client_id") == nullptr);
}

TEST_CASE("looks: an event is of the clients whom it names, else of the managers") {
  TwoDepartments house;
  const auto position_of = [&](std::string_view part) {
    const auto end = house.log.end().value();
    for (std::size_t partition = 0; partition < end.next.size(); ++partition) {
      for (std::int64_t offset = 0; offset < end.next[partition]; ++offset) {
        const Position at{static_cast<std::int32_t>(partition), offset};
        if (house.log.read(at).value().find(part) != std::string::npos) return to_string(at);
      }
    }
    return std::string();
  };
  const auto assigned = "/v1/log/" + position_of("org.salesledger.client.assigned.v1");
  const auto hired = "/v1/log/" + position_of("org.salesledger.manager.hired.v1");
  house.as_role(Role::kAuditor);
  REQUIRE(house.get(assigned).status == 200);
  const auto look = first_look(house);
  CHECK(look.at("action") == "viewed");
  CHECK(look.at("resource").as_string() == std::string_view(assigned));
  CHECK(look.as_object().if_contains("client_id") != nullptr);
  CHECK(look.as_object().if_contains("client_name") != nullptr);
  house.as_role(Role::kAuditor);
  REQUIRE(house.get(hired).status == 200);
  CHECK(looks(house) == 2);
  // An event that names nobody is nobody's.
  house.tell("calendar.day_set", R"({"calendar":"business","date":"2026-12-31","kind":"off"})");
  const auto day = "/v1/log/" + position_of("org.salesledger.calendar.day_set.v1");
  house.as_role(Role::kAuditor);
  REQUIRE(house.get(day).status == 200);
  CHECK(looks(house) == 2);
}

TEST_CASE("looks: a page for print is looked at, or a list taken out, as its JSON and CSV are") {
  TwoDepartments house;
  house.as_role(Role::kAuditor);
  REQUIRE(house.get("/v1/receivables?format=html").status == 200);
  CHECK(first_look(house).at("action") == "exported");
  house.set_now("2026-11-25T15:30:00Z");
  house.as_manager();
  REQUIRE(house.get("/v1/reports/m-1?month=2026-10&format=html").status == 200);
  CHECK(looks(house) == 1);
  house.as_head();
  REQUIRE(house.get("/v1/reports/m-1?month=2026-10&format=html").status == 200);
  CHECK(looks(house) == 2);
  house.as_head();
  REQUIRE(house.get("/v1/reports/m-1?month=2026-10").status == 200);
  CHECK(looks(house) == 2);  // the same thing within the hour
}

TEST_CASE("looks: a list in lines is taken out, and who stands in it is looked at") {
  TwoDepartments house;
  house.tell("client.updated", R"({"client_id":"c-3","name":"Клієнт 3","tax_code":"32855961"})");
  Principal manager{"p.m-1", Role::kManager, "Хтось"};
  manager.manager_id = ManagerId("m-1");
  http::Request request;
  request.method = "GET";
  request.segments = {"v1", "clients"};
  request.query = {{"q", "32855961"}};
  request.headers = {{"accept", "application/x-ndjson"}};
  request.principal = std::make_shared<const Principal>(manager);
  const auto answer = house.router().call(request);
  REQUIRE(answer.status == 200);
  std::string lines;
  REQUIRE(answer.stream(lines));
  CHECK(lines.find("\"restricted\":true") != std::string::npos);
  house.settle();
  house.as_nobody();
  const auto log = boost::json::parse(house.get("/v1/access-log").body).at("looks").as_array();
  REQUIRE(log.size() == 2);
  std::set<std::string> actions;
  for (const auto& look : log) {
    CHECK(look.at("principal") == "p.m-1");
    CHECK(look.at("resource") == "/v1/clients");
    const bool viewed = look.at("action") == "viewed";
    actions.emplace(look.at("action").as_string());
    if (viewed) CHECK(look.at("client_id") == "c-3");
  }
  CHECK(actions == std::set<std::string>{"exported", "viewed"});
}

TEST_CASE("looks: what was not shown was not seen") {
  TwoDepartments house;
  house.as_head();
  CHECK(house.get("/v1/clients/absent").status == 403);
  CHECK(house.get("/v1/clients/c-1?colour=red").status == 422);
  CHECK(house.get("/v1/quotas").status == 200);
  CHECK(looks(house) == 0);
}

TEST_CASE("looks: who is told that what he has is still true has looked again") {
  TwoDepartments house;
  http::Request request;
  request.segments = {"v1", "clients", "c-1"};
  request.captures = {"c-1"};
  request.principal = std::make_shared<Principal>(Principal{"a.audit", Role::kAuditor, "Анна"});
  int status = 0;
  const auto reply =
      house.router().witnessed(request, "GET", "/v1/clients/{id}",
                               [&](const http::Response& answer) { status = answer.status; });
  reply({304, "", ""});
  house.settle();
  CHECK(status == 304);
  CHECK(looks(house) == 1);
}

TEST_CASE("looks: what cannot be recorded is not shown") {
  TwoDepartments house;
  house.as_head();
  house.log.away = true;
  const auto refused = house.get("/v1/clients/c-1");
  CHECK(refused.status == 503);
  CHECK(refused.body.find("Клієнт 1") == std::string::npos);
  CHECK(house.get("/v1/quotas").status == 200);
  house.log.away = false;
  CHECK(house.get("/v1/clients/c-1").status == 200);
}

TEST_CASE("looks: with nobody asked nobody is recorded") {
  TwoDepartments house;
  const auto before = house.log.end().value();
  CHECK(house.get("/v1/clients/c-1").status == 200);
  CHECK(house.get("/v1/receivables?format=csv").status == 200);
  CHECK(house.log.end().value() == before);
}

TEST_CASE("looks: an act is its client's") {
  TwoDepartments house;
  const auto draft = house.get("/v1/acts/preview?client=c-1&from=2026-11-01&to=2026-11-20");
  INFO(draft.body);
  REQUIRE(draft.status == 200);
  const auto preview = boost::json::parse(draft.body);
  house.as_head();
  REQUIRE(house.get("/v1/acts/preview?client=c-1&from=2026-11-01&to=2026-11-20").status == 200);
  const auto look = first_look(house);
  CHECK(look.at("client_id") == "c-1");
  CHECK(look.at("resource") == "/v1/acts/preview");
}

TEST_CASE("looks: records of one client are his, those of all are a list") {
  TwoDepartments house;
  house.as_head();
  REQUIRE(house.get("/v1/duties/secrecy.kept/records?from=2026-11-01").status == 200);
  CHECK(looks(house) == 0);
  house.as_head();
  REQUIRE(house.get("/v1/duties/secrecy.kept/records?from=2026-11-01&client=c-1").status == 200);
  CHECK(looks(house) == 1);
  CHECK(first_look(house).at("client_id") == "c-1");
  house.as_manager();
  REQUIRE(house.get("/v1/duties/secrecy.kept/records?from=2026-11-01&client=c-1").status == 200);
  CHECK(looks(house) == 1);
}

TEST_CASE("looks: an act that was made is its client's") {
  TwoDepartments house;
  const auto draft = house.get("/v1/acts/preview?client=c-1&from=2026-11-01&to=2026-11-20");
  REQUIRE(draft.status == 200);
  auto data = boost::json::parse(draft.body).at("draft").as_object();
  data["act_id"] = "act-1";
  data["manager_id"] = "m-1";
  data["number"] = "АЗ-1";
  data["place"] = "Київ";
  house.tell("reconciliation.drafted", boost::json::serialize(data));
  house.as_manager();
  REQUIRE(house.get("/v1/acts/act-1").status == 200);
  CHECK(looks(house) == 0);
  house.as_head();
  REQUIRE(house.get("/v1/acts/act-1").status == 200);
  CHECK(looks(house) == 1);
  CHECK(first_look(house).at("client_id") == "c-1");
  CHECK(first_look(house).at("resource") == "/v1/acts/act-1");
}

TEST_CASE("looks: who looked is for heads about their clients, auditors and admins") {
  TwoDepartments house;
  house.as_role(Role::kAuditor);
  REQUIRE(house.get("/v1/clients/c-1").status == 200);
  REQUIRE(house.get("/v1/clients/c-3").status == 200);
  REQUIRE(house.get("/v1/rows").status == 200);
  const auto seen = [&](std::string_view question) {
    const auto answer = house.get(question);
    INFO(answer.body);
    REQUIRE(answer.status == 200);
    CHECK(boost::json::parse(answer.body).at("total") ==
          boost::json::parse(answer.body).at("looks").as_array().size());
    return boost::json::parse(answer.body).at("looks").as_array();
  };
  CHECK(seen("/v1/access-log").size() == 3);
  CHECK(seen("/v1/access-log?client=c-3").size() == 1);
  CHECK(seen("/v1/access-log?principal=a.audit").size() == 3);
  CHECK(seen("/v1/access-log?principal=nobody").empty());
  CHECK(seen("/v1/access-log?from=2026-11-24&to=2026-11-24").empty());
  CHECK(house.get("/v1/access-log?from=2026-11-26").status == 422);
  CHECK(house.get("/v1/access-log?from=2025-11-20").status == 422);
  CHECK(house.get("/v1/access-log?who=x").status == 422);
  house.as_head();
  const auto ours = seen("/v1/access-log");
  REQUIRE(ours.size() == 1);
  CHECK(ours.at(0).at("client_id") == "c-1");
  house.as_manager();
  CHECK(house.get("/v1/access-log").status == 403);
  house.as_source();
  CHECK(house.get("/v1/access-log").status == 403);
}

TEST_CASE("looks: nothing that happened with the client, and no figure of his manager's") {
  TwoDepartments house;
  const auto figures = [&] {
    house.as_nobody();
    auto board = boost::json::parse(house.get("/v1/quotas").body).as_object();
    board.erase("position");
    auto timeline = boost::json::parse(house.get("/v1/clients/c-1/timeline").body).as_object();
    timeline.erase("position");
    return boost::json::serialize(board) + boost::json::serialize(timeline);
  };
  const auto before = figures();
  house.as_head();
  REQUIRE(house.get("/v1/clients/c-1").status == 200);
  REQUIRE(looks(house) == 1);
  CHECK(figures() == before);
}
