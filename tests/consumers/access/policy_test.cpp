// Goal: the table is what is meant, and nothing else is allowed. Method: refusals of single roles.
#include "consumers/access/policy.h"

#include <fmt/format.h>

#include <set>
#include <utility>

#include "tests/consumers/access/departments.h"
#include "tests/support/catch.h"

using namespace ledger;
using namespace ledger::testing;

namespace {

bool may(const Principal& who, std::string_view method, std::string_view pattern) {
  const auto refused = policy::refusal(who, method, pattern);
  if (refused) CHECK(refused->status == 403);
  if (refused) CHECK(refused->body.find("urn:salesledger:problem:forbidden") != std::string::npos);
  return !refused;
}

}  // namespace

TEST_CASE("policy: a route that the table does not name is nobody's", "[access]") {
  for (const Role role :
       {Role::kSource, Role::kManager, Role::kHead, Role::kAuditor, Role::kAdmin}) {
    CHECK_FALSE(may(*somebody(role), "GET", "/v1/new"));
    CHECK_FALSE(may(*somebody(role), "DELETE", "/v1/clients/{id}"));
    CHECK_FALSE(may(*somebody(role), "POST", "/v1/clients"));
  }
}

TEST_CASE("policy: who may what", "[access]") {
  const auto manager = manager_of(own_side());
  const auto head = head_of({"гурт"});
  const auto bookkeeper = head_of({"*"});
  const auto auditor = somebody(Role::kAuditor);
  const auto admin = somebody(Role::kAdmin);
  const auto source = somebody(Role::kSource);
  for (const std::string_view audit : {"/v1/log", "/v1/rows", "/v1/parked", "/v1/calls/unjoined",
                                       "/v1/quarantine", "/v1/quarantine/{position}"}) {
    INFO(audit);
    CHECK_FALSE(may(*manager, "GET", audit));
    CHECK_FALSE(may(*head, "GET", audit));
    CHECK_FALSE(may(*bookkeeper, "GET", audit));
    CHECK_FALSE(may(*source, "GET", audit));
    CHECK(may(*auditor, "GET", audit));
    CHECK(may(*admin, "GET", audit));
  }
  for (const auto& one : {source, auditor, admin}) CHECK(may(*one, "GET", "/metrics"));
  for (const auto& one : {manager, head, bookkeeper}) CHECK_FALSE(may(*one, "GET", "/metrics"));
  CHECK_FALSE(may(*manager, "GET", "/v1/statements"));
  CHECK_FALSE(may(*head, "GET", "/v1/statements"));
  CHECK(may(*bookkeeper, "GET", "/v1/statements"));
  CHECK(may(*manager, "GET", "/v1/log/{position}"));
  CHECK(may(*source, "POST", "/v1/events"));
  CHECK(may(*source, "POST", "/v1/events/restated"));
  CHECK_FALSE(may(*manager, "POST", "/v1/events/restated"));
  CHECK_FALSE(may(*head, "POST", "/v1/events/restated"));
  CHECK(may(*bookkeeper, "POST", "/v1/events/restated"));
  CHECK_FALSE(may(*source, "GET", "/v1/clients"));
}

TEST_CASE("policy: an auditor writes nothing, a source reads counts alone", "[access]") {
  for (const auto& rule : policy::rules()) {
    if (rule.anybody) continue;
    INFO(rule.method << ' ' << rule.pattern);
    // Who may ask is the administrators' alone; a password is whose it is.
    const bool of_access = rule.pattern.starts_with("/v1/principals");
    if (!of_access) {
      CHECK(may(*somebody(Role::kAuditor), rule.method, rule.pattern) == (rule.method == "GET"));
    }
    if (rule.method == "GET") {
      CHECK(may(*somebody(Role::kSource), rule.method, rule.pattern) ==
            (rule.pattern == "/metrics"));
    }
    CHECK(may(*somebody(Role::kAdmin), rule.method, rule.pattern));
  }
}

TEST_CASE("policy: a manager of whom nobody said which, may nothing", "[access]") {
  for (const auto& rule : policy::rules()) {
    if (!rule.anybody) CHECK_FALSE(may(*somebody(Role::kManager), rule.method, rule.pattern));
  }
}

TEST_CASE("policy: each route is named once, with its reason", "[access]") {
  std::set<std::pair<std::string_view, std::string_view>> seen;
  for (const auto& rule : policy::rules()) {
    INFO(rule.method << ' ' << rule.pattern);
    CHECK(seen.emplace(rule.method, rule.pattern).second);
    CHECK_FALSE(rule.why.empty());
  }
  CHECK(policy::is_open("POST", "/v1/hooks/binotel/{secret}"));
  CHECK(policy::is_open("GET", "/healthz"));
  CHECK_FALSE(policy::is_open("GET", "/v1/status"));
  CHECK_FALSE(policy::is_open("GET", "/v1/hooks"));
}
