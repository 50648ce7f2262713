// Goal: every change of access reaches the log, in order, once the log takes it.
#include "tests/consumers/access/gate.h"
#include "tests/support/catch.h"

using namespace ledger;
using namespace ledger::access;
using ledger::testing::Gate;
using namespace std::chrono_literals;

TEST_CASE("keeper: changes wait for the log, over a restart too, and come in their order",
          "[access]") {
  Gate gate;
  gate.log_status = fail(ErrorCode::kUnavailable, "the log is away");
  gate.add("admin", Role::kAdmin);
  gate.clock.set(gate.clock.now() + 1s);
  gate.add("pbx", Role::kSource);
  gate.clock.set(gate.clock.now() + 1s);
  const std::string key = gate.key_of("pbx");
  gate.keeper->record_notices();
  CHECK(gate.recorded.empty());
  gate.reopen();
  gate.log_status = {};
  gate.keeper->record_notices();
  REQUIRE(gate.recorded.size() == 3);
  CHECK(gate.recorded[0].holder == "admin");
  CHECK(gate.recorded[1].change == AccessChange::kPrincipalAdded);
  CHECK(gate.recorded[1].sources == std::vector<std::string>{"pbx/main"});
  CHECK(gate.recorded[2].change == AccessChange::kKeyCreated);
  CHECK(gate.recorded[2].key_id == key.substr(4, 16));
  gate.keeper->record_notices();
  CHECK(gate.recorded.size() == 3);
}

TEST_CASE("keeper: a change that the log never takes holds up none that came after it",
          "[access]") {
  Gate gate;
  gate.refused = "pbx";
  gate.add("pbx", Role::kSource);
  gate.clock.set(gate.clock.now() + 1s);
  gate.add("admin", Role::kAdmin);
  gate.keeper->record_notices();
  REQUIRE(gate.recorded.size() == 1);
  CHECK(gate.recorded[0].holder == "admin");
  // It is kept, and is seen to wait; a log that is away holds up all the same.
  CHECK(gate.store->read([](const Tables& tables) { return tables.notices.size(); }) == 1);
  gate.log_status = fail(ErrorCode::kUnavailable, "the log is away");
  gate.add("crm", Role::kSource);
  gate.keeper->record_notices();
  CHECK(gate.recorded.size() == 1);
  gate.log_status = {};
  gate.keeper->record_notices();
  CHECK(gate.recorded.size() == 2);
  // A later server may take it.
  gate.refused.clear();
  gate.reopen();
  gate.keeper->record_notices();
  CHECK(gate.recorded.size() == 3);
}

TEST_CASE("keeper: when a key was used last is kept, coarsely", "[access]") {
  Gate gate;
  gate.add("pbx", Role::kSource);
  const std::string key = gate.key_of("pbx");
  const auto used = [&] {
    return gate.store->read([&](const Tables& tables) { return tables.keys.begin()->second; })
        .last_used;
  };
  CHECK_FALSE(used());
  gate.clock.set(gate.clock.now() + 5s);
  REQUIRE(gate.ask("POST", "/v1/events", Gate::bearer(key)).status == 200);
  CHECK_FALSE(used());
  gate.keeper->keep_marks();
  CHECK(used() == gate.clock.now());
  CHECK(gate.authentication->marks().keys.empty());
}

TEST_CASE("keeper: what an issuer says of itself comes before its keys, and both are tried again",
          "[access][oidc]") {
  FixedClock clock(parse_timestamp("2026-11-26T08:00:00Z").value());
  std::string asked;
  Discovery discovery(
      "https://sso.house.example",
      [&]() -> Result<std::string> {
        asked += "issuer ";
        return fail(ErrorCode::kUnavailable, "away");
      },
      clock);
  Issuer issuer{{"https://sso.house.example", "ledger"},
                IssuerKeys(
                    [&]() -> Result<std::string> {
                      asked += "keys ";
                      return fail(ErrorCode::kUnavailable, "away");
                    },
                    clock),
                &discovery};
  Gate gate({}, &issuer);
  gate.keeper->refresh_issuer();
  CHECK(asked == "issuer keys ");
  gate.keeper->refresh_issuer();
  CHECK(asked == "issuer keys ");
  clock.set(clock.now() + limits::kKeySetPause);
  gate.keeper->refresh_issuer();
  CHECK(asked == "issuer keys issuer keys ");
}
