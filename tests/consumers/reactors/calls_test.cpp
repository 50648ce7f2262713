// Goal: legs that come one by one, in any order, are one call that counts once; what was said last
// holds, and what a person voided stays voided. Method: the house in memory; the rule reads the log
// as its runner does, event by event, and what it says goes in through the same API.
#include "consumers/reactors/calls.h"

#include <fmt/format.h>

#include <algorithm>
#include <regex>

#include "events/json_codec.h"
#include "tests/support/catch.h"
#include "tests/support/house.h"

using namespace ledger;
using ledger::testing::House;

namespace {

struct Leg {
  std::string id;
  std::string time;
  std::string data;  // without the ids
};

const Leg kRoot{"l1", "2026-11-25T08:00:00Z",
                R"("direction":"outbound","client_phone_raw":"0501112233",)"
                R"("client_phone":"+380501112233","manager_extension":"101",)"
                R"("duration_s":70,"talk_s":58,"outcome":"answered")"};
const Leg kTrunk{"l2", "2026-11-25T08:00:02Z",
                 R"("client_phone_raw":"0501112233","client_phone":"+380501112233",)"
                 R"("duration_s":68,"talk_s":58,"outcome":"answered")"};
// After a transfer the second manager talked longer.
const Leg kTransfer{"l3", "2026-11-25T08:00:40Z",
                    R"("direction":"outbound","client_phone_raw":"0501112233",)"
                    R"("client_phone":"+380501112233","manager_extension":"102",)"
                    R"("duration_s":100,"talk_s":95,"outcome":"answered")"};

class Exchange {
 public:
  Exchange() {
    tell("m1", "manager.hired",
         R"({"manager_id":"m-1","name":"Олена","hired_on":"2026-01-05","extensions":["101"]})");
    tell("m2", "manager.hired",
         R"({"manager_id":"m-2","name":"Тарас","hired_on":"2026-01-05","extensions":["102"]})");
    tell("c1", "client.registered",
         R"({"client_id":"c-1","name":"ТОВ Ромашка","phones":["+380501112233"]})");
  }

  void tell(const std::string& id, const std::string& type, const std::string& data,
            const std::string& time = "2026-11-25T08:00:00Z") {
    tick();
    const auto response = house_.post(fmt::format(
        R"({{"specversion":"1.0","id":"{}","source":"test","type":"org.salesledger.{}.v1","time":"{}","data":{}}})",
        id, type, time, data));
    INFO(response.body);
    REQUIRE(response.status == 201);
    react();
  }
  void leg(const Leg& leg, const std::string& call = "k1") {
    tell(leg.id, "call.leg_completed",
         fmt::format(R"({{"call_id":"{}","leg_id":"{}",{}}})", call, leg.id, leg.data), leg.time);
  }
  void correct(const Leg& leg, const std::string& id) {
    tell(id, "event.corrected",
         fmt::format(R"({{"target_source":"test","target_id":"{}","reason":"так сказала станція",)"
                     R"("data":{{"call_id":"k1","leg_id":"{}",{}}}}})",
                     leg.id, leg.id, leg.data));
  }
  void take_back(const std::string& target, const std::string& id) {
    tell(id, "event.voided",
         fmt::format(R"({{"target_source":"test","target_id":"{}","reason":"проба"}})", target));
  }

  std::string unjoined() { return house_.get("/v1/calls/unjoined").body; }

  // The rule starts anew, as after a crash that lost its cursor.
  void forget() { cursor_.reset(); }
  void react() {
    if (!cursor_) cursor_ = house_.log.cursor(Frontier::start(house_.log.partitions())).value();
    for (;;) {
      const auto lines = cursor_->poll(1'000'000, 0, {}).value();
      if (lines.empty()) return;
      // Copied: what the rule says goes into the same log.
      std::vector<std::string> texts;
      for (const auto& stored : lines) texts.emplace_back(stored.line);
      for (const auto& text : texts) settle(text);
    }
  }

  // What stands at the end, without what tells how it came to it.
  std::string answers() {
    const auto get = [&](const char* path) {
      const auto response = house_.get(path);
      REQUIRE(response.status == 200);
      return response.body;
    };
    const std::string all =
        get("/v1/clients/c-1/timeline") + get("/v1/quotas?date=2026-11-25") + get("/v1/unmatched");
    static const std::regex kHow(
        R"re("(position|id|recorded[a-z_]*)":"[^"]*"|,"taken_back":\d+|"replaces":\{([^{}]|\{[^{}]*\})*\},)re");
    return std::regex_replace(all, kHow, "");
  }
  std::string timeline() { return house_.get("/v1/clients/c-1/timeline").body; }
  std::string quota(const std::string& manager) {
    return house_.get(fmt::format("/v1/quotas/{}?date=2026-11-25&metric=calls", manager)).body;
  }
  std::vector<std::string> recorded() {
    std::vector<std::string> ids;
    auto cursor = house_.log.cursor(Frontier::start(house_.log.partitions())).value();
    const auto lines = cursor->poll(1'000'000, 0, {}).value();
    for (const auto& stored : lines) {
      const auto event = JsonCodec().decode_line(stored.line).value();
      if (event.id.starts_with("call:")) ids.push_back(event.id);
    }
    std::sort(ids.begin(), ids.end());
    return ids;
  }

 private:
  void tick() {
    house_.set_now(fmt::format("2026-11-25T15:{:02}:{:02}Z", ticks_ / 60, ticks_ % 60));
    ++ticks_;
  }
  void settle(const std::string& line) {
    const CallsReactor rule;
    if (!rule.concerns(summary_of(line))) return;
    const auto event = JsonCodec().decode_line(line).value();
    const auto views = house_.views->current();
    const Sight sight{*views, views->position(), parse_date("2026-11-25").value()};
    const auto told = rule.react(event, sight).value();
    for (const auto& one : told) {
      tick();
      const int status = house_.post(encode_submission(one)).status;
      CHECK((status == 201 || status == 200 || status == 409 || status == 404));
    }
  }

  House house_;
  std::unique_ptr<LogCursor> cursor_;
  int ticks_ = 0;
};

using Ids = std::vector<std::string>;

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
    ++found;
  }
  return found;
}

}  // namespace

TEST_CASE("calls: the legs of a call in any order are one call in timeline and quota", "[calls]") {
  std::vector<const Leg*> legs{&kRoot, &kTrunk, &kTransfer};
  std::sort(legs.begin(), legs.end());
  std::string first;
  do {
    Exchange exchange;
    for (const Leg* leg : legs) exchange.leg(*leg);
    const std::string answers = exchange.answers();
    if (first.empty()) first = answers;
    CHECK(answers == first);
    CHECK(count(answers, R"("talk_s":95)") == 1);
    CHECK(count(answers, R"("talk_s":58)") == 0);
    CHECK(exchange.timeline().find(R"("time":"2026-11-25T08:00:00Z")") != std::string::npos);
    CHECK(exchange.timeline().find(R"("manager_id":"m-2")") != std::string::npos);
  } while (std::next_permutation(legs.begin(), legs.end()));
}

TEST_CASE("calls: a conference with two companies is one call", "[calls]") {
  const Leg second{"l4", "2026-11-25T08:00:30Z",
                   R"("direction":"outbound","client_phone_raw":"0672223344",)"
                   R"("client_phone":"+380672223344","manager_extension":"101",)"
                   R"("duration_s":100,"talk_s":95,"outcome":"answered")"};
  for (const bool second_first : {false, true}) {
    Exchange exchange;
    exchange.tell("c2", "client.registered",
                  R"({"client_id":"c-2","name":"ТОВ Волошка","phones":["+380672223344"]})");
    exchange.leg(second_first ? second : kRoot);
    exchange.leg(second_first ? kRoot : second);
    const std::string quota = exchange.quota("m-1");
    INFO(quota);
    CHECK(count(quota, R"("counted":1,)") == 1);
    CHECK(count(quota, R"("attempts":1,)") == 1);
    CHECK(count(quota, R"("doubles")") == 0);
    CHECK(count(quota, R"("client_id":"c-1")") == 1);  // whom the call began with
  }
}

TEST_CASE("calls: of equally long talks the first that was answered has the credit", "[calls]") {
  // Rang two managers at once; the one whose telephone is the second leg was there first.
  const Leg slow{"l5", "2026-11-25T09:00:00Z",
                 R"("direction":"outbound","client_phone":"+380501112233",)"
                 R"("manager_extension":"101","duration_s":60,"talk_s":30,"outcome":"answered",)"
                 R"("answered_at":"2026-11-25T09:00:20Z")"};
  const Leg quick{"l6", "2026-11-25T09:00:05Z",
                  R"("direction":"outbound","client_phone":"+380501112233",)"
                  R"("manager_extension":"102","duration_s":60,"talk_s":30,"outcome":"answered",)"
                  R"("answered_at":"2026-11-25T09:00:10Z")"};
  for (const bool quick_first : {false, true}) {
    Exchange exchange;
    exchange.leg(quick_first ? quick : slow);
    exchange.leg(quick_first ? slow : quick);
    CHECK(count(exchange.quota("m-1"), R"("counted":0,)") == 1);
    CHECK(count(exchange.quota("m-2"), R"("counted":1,)") == 1);
  }
}

TEST_CASE("calls: a click to call is the manager's call to the client", "[calls]") {
  // The exchange rings the manager, and when he is there the client.
  const Leg manager{"l7", "2026-11-25T10:00:00Z",
                    R"("direction":"outbound","manager_extension":"101",)"
                    R"("duration_s":60,"talk_s":56,"outcome":"answered",)"
                    R"("answered_at":"2026-11-25T10:00:04Z")"};
  Leg client{"l8", "2026-11-25T10:00:05Z",
             R"("client_phone_raw":"0501112233","client_phone":"+380501112233",)"
             R"("duration_s":55,"talk_s":45,"outcome":"answered",)"
             R"("answered_at":"2026-11-25T10:00:15Z")"};
  Exchange exchange;
  exchange.leg(manager);
  exchange.leg(client);
  const std::string quota = exchange.quota("m-1");
  INFO(quota);
  CHECK(count(quota, R"("counted":1,)") == 1);
  CHECK(count(quota, R"("talk_s":45)") == 1);
  CHECK(count(quota, R"("client_id":"c-1")") == 1);
  CHECK(count(quota, R"("attempts":1,)") == 1);  // which the client's own calls are not

  // He was there, the client was not: no talk, however long the manager waited.
  Exchange vain;
  client.data = R"("client_phone_raw":"0501112233","client_phone":"+380501112233",)"
                R"("duration_s":55,"talk_s":0,"outcome":"missed")";
  vain.leg(manager);
  vain.leg(client);
  CHECK(count(vain.quota("m-1"), R"("counted":0,)") == 1);
  CHECK(count(vain.quota("m-1"), R"("why":"not_answered")") == 1);
}

TEST_CASE("calls: a leg that changes nothing records nothing", "[calls]") {
  Exchange exchange;
  exchange.leg(kRoot);
  CHECK(exchange.recorded() == Ids{"call:k1"});
  exchange.leg(kTrunk);
  CHECK(exchange.recorded() == Ids{"call:k1"});
  exchange.leg(kTransfer);
  CHECK(exchange.recorded() == Ids{"call:k1", "call:k1~1"});
}

TEST_CASE("calls: an earlier start is a void and a new call, for a correction moves no day",
          "[calls]") {
  Exchange exchange;
  exchange.leg(kTransfer);
  exchange.leg(kRoot);
  CHECK(exchange.recorded() == Ids{"call:k1", "call:k1~1", "call:k1~1~void"});
}

TEST_CASE("calls: a leg that was A, then B, then A again ends as A", "[calls]") {
  Exchange exchange;
  exchange.leg(kRoot);
  const std::string as_a = exchange.answers();
  Leg other = kRoot;
  other.data.replace(other.data.find("58"), 2, "33");
  exchange.correct(other, "as-b");
  CHECK(count(exchange.timeline(), R"("talk_s":33)") == 1);
  exchange.correct(kRoot, "as-a");
  CHECK(exchange.answers() == as_a);
  exchange.correct(other, "as-b-again");
  CHECK(count(exchange.timeline(), R"("talk_s":33)") == 1);
}

TEST_CASE("calls: a call whose legs were taken back is taken back; one more leg makes it again",
          "[calls]") {
  Exchange exchange;
  const std::string empty = exchange.answers();
  exchange.leg(kRoot);
  exchange.take_back("l1", "undo");
  CHECK(exchange.answers() == empty);
  exchange.leg(kTransfer);
  CHECK(count(exchange.timeline(), R"("talk_s":95)") == 1);
}

TEST_CASE("calls: what a person voided stays so, whatever legs come later", "[calls]") {
  Exchange exchange;
  const std::string empty = exchange.answers();
  exchange.leg(kTransfer);
  exchange.take_back("call:k1", "test-call");
  exchange.leg(kRoot);
  exchange.leg(kTrunk);
  CHECK(exchange.answers() == empty);
  // It is told of, in place of vanishing.
  const auto left = exchange.unjoined();
  CHECK(count(left, R"("reason":"voided_since")") == 1);
  CHECK(count(left, R"("event_id":"call:k1")") == 1);
  CHECK(count(left, R"("leg_id":"l1")") == 1);
}

TEST_CASE("calls: what a person corrected stays so, whatever legs come later", "[calls]") {
  for (const bool before : {true, false}) {
    Exchange exchange;
    exchange.leg(kRoot);
    if (before) exchange.leg(kTrunk);
    if (before) exchange.leg(kTransfer);  // with a correction of the rule's own beneath
    exchange.tell("person", "event.corrected",
                  R"({"target_source":"test","target_id":"call:k1","reason":"слухали запис",)"
                  R"("data":{"call_id":"k1","direction":"outbound","client_phone":"+380501112233",)"
                  R"("manager_extension":"101","duration_s":140,"talk_s":77,)"
                  R"("outcome":"answered"}})");
    const auto corrected = exchange.answers();
    CHECK(count(corrected, R"("talk_s":77)") == 1);
    const auto ids = exchange.recorded();
    CHECK(count(exchange.unjoined(), "call_id") == 0);  // nothing was said since
    if (!before) exchange.leg(kTransfer);
    Leg earlier = kTrunk;
    earlier.id = "l4";
    earlier.time = "2026-11-24T23:59:00Z";
    exchange.leg(earlier);
    CHECK(exchange.answers() == corrected);
    CHECK(exchange.recorded() == ids);
    exchange.forget();
    exchange.react();
    CHECK(exchange.answers() == corrected);
    CHECK(count(exchange.unjoined(), R"("reason":"corrected_since")") == 1);
  }
}

TEST_CASE("calls: a call that found its client meanwhile is not counted beside itself", "[calls]") {
  Exchange exchange;
  Leg stranger = kTransfer;
  stranger.data = R"("direction":"outbound","client_phone":"+380930000000",)"
                  R"("manager_extension":"102","duration_s":100,"talk_s":95,"outcome":"answered")";
  exchange.leg(stranger);
  exchange.tell(
      "match", "interaction.matched",
      R"({"target_source":"test","target_id":"call:k1","client_id":"c-1","reason":"їх"})");
  const auto matched = exchange.answers();
  exchange.leg(kRoot);
  CHECK(exchange.answers() == matched);
  CHECK(exchange.recorded() == Ids{"call:k1"});
  CHECK(count(exchange.unjoined(), R"("reason":"matched_since")") == 1);
}

TEST_CASE("calls: the rule that reads everything again records nothing more", "[calls]") {
  Exchange exchange;
  exchange.leg(kTrunk);
  exchange.leg(kTransfer);
  exchange.leg(kRoot);
  exchange.take_back("l3", "undo");
  const auto answers = exchange.answers();
  const auto ids = exchange.recorded();
  CHECK(count(exchange.unjoined(), "call_id") == 0);
  exchange.forget();
  exchange.react();
  CHECK(exchange.answers() == answers);
  CHECK(exchange.recorded() == ids);
}

TEST_CASE("calls: legs of another call are another call", "[calls]") {
  Exchange exchange;
  exchange.leg(kRoot, "k1");
  Leg other = kRoot;
  other.id = "l9";
  exchange.leg(other, "k2");
  CHECK(exchange.recorded() == Ids{"call:k1", "call:k2"});
}
