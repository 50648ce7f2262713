// Goal: what a sender says last of its record is what the ledger reads, on whichever day and of
// whichever client; what somebody else decided stands; a crash in between is found and mended.
// Method: the house in memory, over its API; a crash is the half that it left in the log.
#include "producers/append/restating.h"

#include <fmt/format.h>

#include <functional>

#include "platform/limits.h"
#include "tests/support/catch.h"
#include "tests/support/house.h"

using namespace ledger;
using ledger::testing::House;

namespace {

struct Statement {
  std::string time = "2026-11-25T08:00:00Z";
  std::string phone = "+380501112233";
  int talk_s = 58;
  std::string id = "k1";
};

std::string data_of(const Statement& said) {
  return fmt::format(R"({{"call_id":"k1","direction":"outbound","client_phone":"{}",)"
                     R"("manager_extension":"101","duration_s":70,"talk_s":{},)"
                     R"("outcome":"answered"}})",
                     said.phone, said.talk_s);
}

std::string event(const std::string& id, const std::string& type, const std::string& time,
                  const std::string& data) {
  return fmt::format(
      R"({{"specversion":"1.0","id":"{}","source":"pbx","type":"org.salesledger.{}.v1","time":"{}","data":{}}})",
      id, type, time, data);
}

std::string call(const Statement& said) {
  return event(said.id, "call.completed", said.time, data_of(said));
}

class Ledger {
 public:
  Ledger() {
    tell("m", "manager.hired",
         R"({"manager_id":"m-1","name":"Олена","hired_on":"2026-01-05","extensions":["101"]})");
    tell("c1", "client.registered",
         R"({"client_id":"c-1","name":"ТОВ Ромашка","phones":["+380501112233"]})");
    tell("c2", "client.registered",
         R"({"client_id":"c-2","name":"ТОВ Мальва","phones":["+380671112233"]})");
  }
  void tell(const std::string& id, const std::string& type, const std::string& data,
            const std::string& time = "2026-11-25T08:00:00Z") {
    const auto response = house.post(event(id, type, time, data));
    INFO(response.body);
    REQUIRE(response.status == 201);
  }
  // As the rule does once a card has the number of what waits.
  void match_by_rule(const std::string& target, const std::string& client) {
    const auto response = house.post(fmt::format(
        R"({{"specversion":"1.0","id":"{0}-is-{1}","source":"ledger/matching","time":"2026-11-25T09:00:00Z",)"
        R"("type":"org.salesledger.interaction.matched.v1","data":{{"target_source":"pbx",)"
        R"("target_id":"{0}","client_id":"{1}","reason":"matching.v1: phone"}}}})",
        target, client));
    INFO(response.body);
    REQUIRE(response.status == 201);
  }
  http::Response state(const Statement& said) { return house.post_restated(call(said)); }
  // Its talks on a client's timeline with their days: "58 on 2026-11-25".
  std::vector<std::string> talks(const std::string& client) {
    std::vector<std::string> talks;
    const std::string text = house.get("/v1/clients/" + client + "/timeline?kind=call").body;
    for (std::size_t at = 0; (at = text.find("\"talk_s\":", at)) != std::string::npos; ++at) {
      const std::size_t entry = text.rfind("\"time\":\"", at);
      talks.push_back(std::to_string(std::stoi(text.substr(at + 9))) + " on " +
                      text.substr(entry + 8, 10));
    }
    return talks;
  }

  House house;
};

using Talks = std::vector<std::string>;

bool has(const http::Response& response, std::string_view part) {
  return response.body.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("restating: said, said otherwise, and said as at first ends as at first") {
  Ledger ledger;
  const auto first = ledger.state({});
  CHECK(first.status == 201);
  CHECK(has(first, R"("id":"k1")"));
  CHECK_FALSE(has(first, "restated"));
  const auto second = ledger.state({.talk_s = 33});
  CHECK(has(second, R"("id":"k1~1")"));
  CHECK(has(second, R"("restated":true)"));
  CHECK(ledger.talks("c-1") == Talks{"33 on 2026-11-25"});
  const auto again = ledger.state({.talk_s = 33});
  CHECK(has(again, R"("id":"k1~1")"));
  CHECK(has(again, R"("duplicate":true)"));
  CHECK(has(ledger.state({}), R"("id":"k1~2")"));
  CHECK(ledger.talks("c-1") == Talks{"58 on 2026-11-25"});
  CHECK(has(ledger.state({.talk_s = 33}), R"("id":"k1~3")"));
  CHECK(ledger.talks("c-1") == Talks{"33 on 2026-11-25"});
}

TEST_CASE("restating: another time moves the day, and back") {
  Ledger ledger;
  CHECK(ledger.state({}).status == 201);
  CHECK(has(ledger.state({.time = "2026-11-24T08:00:00Z"}), R"("restated":true)"));
  CHECK(ledger.talks("c-1") == Talks{"58 on 2026-11-24"});
  CHECK(has(ledger.house.get("/v1/quotas?date=2026-11-25"), R"("attempts":0)"));
  CHECK(has(ledger.house.get("/v1/quotas?date=2026-11-24"), R"("attempts":1)"));
  // What is said of it now is said of the call where it is now.
  CHECK(ledger.state({.time = "2026-11-24T08:00:00Z", .talk_s = 33}).status == 201);
  CHECK(ledger.talks("c-1") == Talks{"33 on 2026-11-24"});
  CHECK(ledger.state({}).status == 201);
  CHECK(ledger.talks("c-1") == Talks{"58 on 2026-11-25"});
  CHECK(has(ledger.house.get("/v1/quotas?date=2026-11-24"), R"("attempts":0)"));
}

TEST_CASE("restating: another number moves the call to its client, and back") {
  Ledger ledger;
  CHECK(ledger.state({}).status == 201);
  CHECK(ledger.state({.phone = "+380671112233"}).status == 201);
  CHECK(ledger.talks("c-1").empty());
  CHECK(ledger.talks("c-2") == Talks{"58 on 2026-11-25"});
  CHECK(ledger.state({.phone = "+380930000000"}).status == 201);
  CHECK(ledger.talks("c-2").empty());
  CHECK(has(ledger.house.get("/v1/unmatched"), "+380930000000"));
  CHECK(ledger.state({}).status == 201);
  CHECK(ledger.talks("c-1") == Talks{"58 on 2026-11-25"});
  CHECK_FALSE(has(ledger.house.get("/v1/unmatched"), "+380930000000"));
}

TEST_CASE("restating: a card that gained the number since moves nothing by itself") {
  Ledger ledger;
  CHECK(ledger.state({.phone = "+380930000000"}).status == 201);
  ledger.tell("c3", "client.registered",
              R"({"client_id":"c-3","name":"ТОВ Ружа","phones":["+380930000000"]})");
  CHECK(has(ledger.state({.phone = "+380930000000", .talk_s = 33}), R"("id":"k1~1")"));
  CHECK(has(ledger.house.get("/v1/log"), R"("type":"org.salesledger.event.corrected.v1")"));
  CHECK_FALSE(has(ledger.house.get("/v1/log"), "~void"));
}

TEST_CASE("restating: what somebody else decided stands, and a repetition is no news to it") {
  const std::string target = R"("target_source":"pbx","target_id":"k1","reason":"слухали запис")";
  const auto voided = [&](Ledger& ledger) {
    ledger.tell("person", "event.voided", "{" + target + "}");
  };
  const auto corrected = [&](Ledger& ledger) {
    ledger.tell("person", "event.corrected",
                fmt::format(R"({{{},"data":{}}})", target, data_of({.talk_s = 44})));
  };
  const auto matched = [&](Ledger& ledger) {
    ledger.tell("person", "interaction.matched", "{" + target + R"(,"client_id":"c-1"})");
  };
  for (const std::function<void(Ledger&)>& decide :
       {std::function<void(Ledger&)>(voided), std::function<void(Ledger&)>(corrected),
        std::function<void(Ledger&)>(matched)}) {
    Ledger ledger;
    const Statement first{.phone = "+380930000000"};
    CHECK(ledger.state(first).status == 201);
    decide(ledger);
    const auto talks = ledger.talks("c-1");
    const auto repeated = ledger.state(first);
    CHECK(repeated.status == 201);
    CHECK(has(repeated, R"("duplicate":true)"));
    Statement other = first;
    other.talk_s = 33;
    const auto refused = ledger.state(other);
    CHECK(refused.status == 409);
    CHECK(has(refused, "somebody else"));
    CHECK(ledger.talks("c-1") == talks);
  }
}

TEST_CASE("restating: a match that a rule made does not stop its sender") {
  const Statement waiting{.phone = "+380930000000"};
  for (const Statement& next :
       {Statement{.phone = "+380930000000", .talk_s = 33},
        Statement{.time = "2026-11-24T08:00:00Z", .phone = "+380930000000", .talk_s = 33}}) {
    for (const bool crash : {false, true}) {
      Ledger ledger;
      CHECK(ledger.state(waiting).status == 201);
      ledger.tell("c3", "client.registered",
                  R"({"client_id":"c-3","name":"ТОВ Ружа","phones":["+380930000000"]})");
      ledger.match_by_rule("k1", "c-3");
      CHECK(ledger.talks("c-3") == Talks{"58 on 2026-11-25"});
      CHECK(has(ledger.state(waiting), R"("duplicate":true)"));
      if (crash) {  // behind the first of its events
        const auto unmatched = ledger.house.post(event(
            "k1~1~unmatch", "event.voided", "2026-11-25T09:00:00Z",
            R"({"target_source":"ledger/matching","target_id":"k1-is-c-3","reason":"the sender restated the record, which is matched anew"})"));
        CHECK(unmatched.status == 201);
        CHECK(ledger.talks("c-3").empty());
      }
      const auto restated = ledger.state(next);
      INFO(restated.body);
      CHECK(restated.status == 201);
      CHECK(has(restated, R"("id":"k1~1")"));
      CHECK(ledger.talks("c-3") == Talks{"33 on " + next.time.substr(0, 10)});
      CHECK_FALSE(has(ledger.house.get("/v1/unmatched"), "+380930000000"));
      CHECK(has(ledger.state(next), R"("duplicate":true)"));
      CHECK(ledger.state(waiting).status == 201);
      CHECK(ledger.talks("c-3") == Talks{"58 on 2026-11-25"});
    }
  }
}

TEST_CASE("restating: what a person corrected stands, matched by a rule or not") {
  Ledger ledger;
  CHECK(ledger.state({.phone = "+380930000000"}).status == 201);
  ledger.tell(
      "person", "event.corrected",
      fmt::format(
          R"({{"target_source":"pbx","target_id":"k1","reason":"слухали запис","data":{}}})",
          data_of({.phone = "+380930000000", .talk_s = 44})));
  ledger.match_by_rule("k1", "c-1");
  CHECK(ledger.state({.phone = "+380930000000", .talk_s = 33}).status == 409);
  CHECK(ledger.talks("c-1") == Talks{"44 on 2026-11-25"});
}

TEST_CASE("restating: a move that a crash cut in two is finished by what is said next") {
  const Statement moved{.time = "2026-11-24T08:00:00Z"};
  const std::string taken_back =
      R"({"target_source":"pbx","target_id":"k1","reason":"the sender restated when it was or with whom"})";
  for (const Statement& next : {moved, Statement{}, Statement{.talk_s = 33}}) {
    Ledger ledger;
    CHECK(ledger.state({}).status == 201);
    ledger.tell("k1~1~void", "event.voided", taken_back);
    CHECK(ledger.talks("c-1").empty());
    CHECK(has(ledger.state(next), R"("id":"k1~1")"));
    CHECK(ledger.talks("c-1") ==
          Talks{fmt::format("{} on {}", next.talk_s, next.time.substr(0, 10))});
  }
  for (const Statement& next : {moved, Statement{}, Statement{.talk_s = 33}}) {
    Ledger ledger;
    CHECK(ledger.state({}).status == 201);
    ledger.tell("k1~1", "call.completed", data_of(moved), moved.time);
    CHECK(ledger.talks("c-1").size() == 2);
    CHECK(ledger.state(next).status == 201);
    CHECK(ledger.talks("c-1") ==
          Talks{fmt::format("{} on {}", next.talk_s, next.time.substr(0, 10))});
  }
}

TEST_CASE("restating: a correction by the digest ids of before is a statement too") {
  Ledger ledger;
  CHECK(ledger.state({}).status == 201);
  ledger.tell("k1~2.0123456789abcdef", "event.corrected",
              fmt::format(R"({{"target_source":"pbx","target_id":"k1","reason":"r","data":{}}})",
                          data_of({.talk_s = 44})));
  CHECK(has(ledger.state({.talk_s = 44}), R"("duplicate":true)"));
  CHECK(has(ledger.state({}), R"("id":"k1~1")"));
  CHECK(ledger.talks("c-1") == Talks{"58 on 2026-11-25"});
}

TEST_CASE("restating: long ids stay apart and within the length of an id") {
  Ledger ledger;
  const std::string begin(limits::kIdBytesMax - 1, 'k');
  for (const char end : {'a', 'b'}) {
    const std::string id = begin + end;
    CHECK(ledger.state({.id = id}).status == 201);
    for (const int talk_s : {33, 44}) {
      CHECK(ledger.state({.talk_s = talk_s, .id = id}).status == 201);
    }
    CHECK(ledger.state({.time = "2026-11-24T08:00:00Z", .id = id}).status == 201);
  }
  CHECK(ledger.talks("c-1") == Talks{"58 on 2026-11-24", "58 on 2026-11-24"});
}

TEST_CASE("restating: no sender's record has an id of ours, and none is taken for a statement") {
  Ledger ledger;
  for (const char* id : {"k1~1", "k1~1~void", "k1~2~unmatch", "~7", "k~12~3"}) {
    const auto refused = ledger.state({.id = id});
    CHECK(refused.status == 422);
    CHECK(has(refused, R"("field":"id")"));
  }
  for (const char* id : {"k1~", "k1~a", "k1~1a", "12", "k~1~void~"}) {
    CHECK(ledger.state({.id = id}).status == 201);
  }
  // Our own API takes them, and they are what they say.
  ledger.tell("k1~1", "call.completed",
              R"({"call_id":"another","direction":"outbound","client_phone":"+380671112233",)"
              R"("manager_extension":"101","duration_s":9,"talk_s":5,"outcome":"answered"})");
  CHECK(ledger.state({}).status == 201);
  CHECK(has(ledger.state({}), R"("duplicate":true)"));
  const auto blocked = ledger.state({.talk_s = 33});
  CHECK(blocked.status == 409);
  CHECK(has(blocked, "another event's"));
  CHECK(ledger.talks("c-2") == Talks{"5 on 2026-11-25"});
}

TEST_CASE("restating: of a batch each is judged by itself, in the order in which they were said") {
  Ledger ledger;
  CHECK(ledger.state({}).status == 201);
  const auto answer = ledger.house.post_restated_batch(
      "[" + call({.talk_s = 33}) + "," + call({.id = "k2"}) + "," + call({.talk_s = 44}) + "," +
      call({.time = "2099-01-01T00:00:00Z", .id = "k3"}) + "]");
  CHECK(answer.status == 422);
  CHECK(has(answer, "items.3.time"));
  CHECK(ledger.talks("c-1") == Talks{"58 on 2026-11-25", "44 on 2026-11-25"});
  CHECK(ledger.house.post(call({.talk_s = 20})).status == 409);  // our own API is strict
}
