// Goal: what a sender says last of its record is what the ledger reads, on whichever day and of
// whichever client; what somebody else decided stands; a crash in between is found and mended.
// Method: the house in memory, over its API; a crash is the half that it left in the log.
#include "producers/append/restating.h"

#include <fmt/format.h>

#include <functional>

#include "platform/limits.h"
#include "tests/producers/append/restating_house.h"
#include "tests/support/catch.h"

using namespace ledger;
using namespace ledger::testing;

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
  for (const std::function<void(Ledger&)>& decide :
       {std::function<void(Ledger&)>(voided), std::function<void(Ledger&)>(corrected)}) {
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

namespace {

std::string retraction(const std::string& id = "k1") {
  return event(
      id + " taken back", "event.voided", "2026-11-25T10:00:00Z",
      fmt::format(R"({{"target_source":"pbx","target_id":"{}","reason":"it never was"}})", id));
}

}  // namespace

TEST_CASE("restating: a sender takes its record back, and says it again") {
  Ledger ledger;
  const auto unknown = ledger.house.post_restated(retraction());
  CHECK(unknown.status == 404);
  CHECK(ledger.state({}).status == 201);
  for (const int talk_s : {33, 44}) {  // what was said before it or after
    CHECK(ledger.state({.talk_s = talk_s}).status == 201);
    const auto taken_back = ledger.house.post_restated(retraction());
    INFO(taken_back.body);
    CHECK(taken_back.status == 201);
    CHECK(has(taken_back, "~void\""));
    CHECK(has(taken_back, R"("restated":true)"));
    CHECK(ledger.talks("c-1").empty());
    CHECK(has(ledger.house.post_restated(retraction()), R"("duplicate":true)"));
    CHECK(has(ledger.state({}), R"("restated":true)"));
    CHECK(ledger.talks("c-1") == Talks{"58 on 2026-11-25"});
  }
}

TEST_CASE("restating: what a rule has matched is taken back, what a person decided stands") {
  for (const bool by_person : {false, true}) {
    Ledger ledger;
    CHECK(ledger.state({.phone = "+380930000000"}).status == 201);
    ledger.tell("c3", "client.registered",
                R"({"client_id":"c-3","name":"ТОВ Ружа","phones":["+380930000000"]})");
    if (by_person) {
      ledger.tell("match", "interaction.matched",
                  R"({"target_source":"pbx","target_id":"k1","client_id":"c-3","reason":"знаю"})");
    } else {
      ledger.match_by_rule("k1", "c-3");
    }
    const auto taken_back = ledger.house.post_restated(retraction());
    INFO(taken_back.body);
    CHECK(taken_back.status == (by_person ? 409 : 201));
    CHECK(ledger.talks("c-3").size() == (by_person ? 1 : 0));
    CHECK_FALSE(has(ledger.house.get("/v1/unmatched"), "+380930000000"));
  }
}

TEST_CASE("restating: what a person voided is taken back already") {
  Ledger ledger;
  CHECK(ledger.state({}).status == 201);
  ledger.tell("head", "manager.hired",
              R"({"manager_id":"m-9","name":"Ірина","hired_on":"2026-01-05","post":"supervisor"})");
  const auto voided = ledger.house.post(
      R"({"specversion":"1.0","id":"v","source":"crm","time":"2026-11-25T09:00:00Z","type":"org.salesledger.event.voided.v1","data":{"target_source":"pbx","target_id":"k1","reason":"проба","manager_id":"m-9"}})");
  INFO(voided.body);
  REQUIRE(voided.status == 201);
  CHECK(ledger.house.post_restated(retraction()).status == 201);
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

TEST_CASE("restating: asked before, it says what it would find, and records nothing") {
  Ledger ledger;
  const auto found = [&](const Statement& said) {
    const auto answer = ledger.house.post_check("[" + call(said) + "]");
    CHECK(answer.status == 200);
    const std::string_view rest =
        std::string_view(answer.body).substr(answer.body.find("found") + 8);
    return std::string(rest.substr(0, rest.find('"')));
  };
  CHECK(found({}) == "new");
  CHECK(found({}) == "new");
  CHECK(ledger.state({}).status == 201);
  CHECK(found({}) == "known");
  CHECK(found({.talk_s = 33}) == "changed");
  CHECK(found({.time = "2026-11-24T08:00:00Z"}) == "changed");
  CHECK(ledger.state({.talk_s = 33}).status == 201);
  CHECK(found({.talk_s = 33}) == "known");
  CHECK(found({}) == "changed");
  CHECK(found({.id = "k1~1"}) == "refused");
  ledger.tell("v", "event.voided",
              R"({"target_source":"pbx","target_id":"k1","reason":"test call"})");
  const auto decided = ledger.house.post_check("[" + call({.talk_s = 44}) + ",{},7]");
  CHECK(has(decided, R"("found":"refused","error":"conflict")"));
  CHECK(has(decided, R"("error":"missing-field")"));
  CHECK(ledger.talks("c-1").empty());
  CHECK(ledger.house.post_check("{").status == 400);
}
