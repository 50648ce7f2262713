// Goal: a call is one by its system and its number together. Method: the calls of a day as rows,
// since a scenario has one source.
#include "projections/quota_compliance/items.h"
#include "tests/support/catch.h"

using namespace ledger;
using namespace ledger::quota_compliance;

namespace {

Call call_of(const std::string& source, const std::string& client, std::int64_t offset) {
  Call call;
  call.position = Position{0, offset};
  call.call_id = "17";
  call.source = source;
  call.client_id = client;
  call.number = client.empty() ? "+380671110000" : "+380501112233";
  call.started = parse_timestamp("2026-11-25T08:00:00Z").value();
  call.known.recorded = call.started;
  call.direction = CallDirection::kOutbound;
  call.outcome = CallOutcome::kAnswered;
  call.talk_s = 60;
  return call;
}

std::vector<Item> judged(std::vector<Call> calls) {
  DayFacts facts;
  facts.day = parse_date("2026-11-25").value();
  facts.row.calls = std::move(calls);
  return judge_calls(facts, directory::Norm{});
}

}  // namespace

TEST_CASE("quotas: calls of two exchanges with one number are two calls", "[projections]") {
  // One has found its client, the other waits for one.
  const auto items = judged({call_of("asterisk/kyiv", "c-1", 1), call_of("asterisk/lviv", "", 2)});
  REQUIRE(items.size() == 2);
  CHECK(items[0].verdict == Verdict::kCounted);
  CHECK(items[1].verdict == Verdict::kNoClient);
}

TEST_CASE("quotas: a call of one exchange that was matched later is one call", "[projections]") {
  const auto items = judged({call_of("asterisk/kyiv", "", 1), call_of("asterisk/kyiv", "c-1", 1)});
  REQUIRE(items.size() == 1);
  CHECK(items[0].verdict == Verdict::kCounted);
}
