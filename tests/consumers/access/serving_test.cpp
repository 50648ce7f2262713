// Goal: what goes on for longer than a request learns that whom it was opened for is shut out.
// Method: the store of a gate, asked by each kind of credentials before and after a change.
#include <fmt/format.h>

#include "consumers/access/changes.h"
#include "platform/base64.h"
#include "tests/consumers/access/gate.h"
#include "tests/support/catch.h"

using namespace ledger;
using namespace ledger::access;
using ledger::testing::Gate;

namespace {

// What was let in by these headers.
std::function<bool()> serving(Gate& gate, Gate::Headers headers) {
  http::Request request;
  request.method = "GET";
  request.headers = std::move(headers);
  request.peer_certificate = gate.certificate;
  auto known = gate.authentication->identify(request);
  REQUIRE(known);
  REQUIRE(*known);
  request.principal = (*known)->principal;
  return gate.authentication->serving(request);
}

void put(Gate& gate, const std::string& id, const std::function<void(PrincipalRow&)>& with) {
  gate.must([&](const Tables& tables, Change& change) -> Status {
    PrincipalRow row = *find(tables.principals, id);
    with(row);
    change.principals[id] = std::move(row);
    return {};
  });
}

}  // namespace

TEST_CASE("serving: a session ends with its sign-out, and is not used by the question",
          "[consumers][access]") {
  Gate gate;
  gate.add("a.man", Role::kManager);
  gate.set_password("a.man", "a long enough password");
  const auto browser = gate.sign_in("a.man", "a long enough password");
  const auto other = gate.sign_in("a.man", "a long enough password");
  const auto serves = serving(gate, browser.reads());
  const auto serves_other = serving(gate, other.reads());
  CHECK(serves());
  REQUIRE(gate.ask("DELETE", "/v1/session", browser.writes()).status == 204);
  CHECK_FALSE(serves());
  CHECK(serves_other());
  // Asked a hundred times, it is idle all the same.
  for (int i = 0; i < 100; ++i) {
    gate.clock.set(gate.clock.now() + std::chrono::seconds(limits::kSessionIdle) / 100);
    (void)serves_other();
  }
  CHECK_FALSE(serves_other());
}

TEST_CASE("serving: a key ends when it is revoked or runs out", "[consumers][access]") {
  Gate gate;
  gate.add("b.man", Role::kManager);
  const std::string key = gate.key_of("b.man");
  const auto serves = serving(gate, Gate::bearer(key));
  CHECK(serves());
  SECTION("revoked") {
    gate.must([&](const Tables& tables, Change& change) -> Status {
      for (auto [id, row] : tables.keys) {
        row.revoked = gate.clock.now();
        change.keys[id] = row;
      }
      return {};
    });
  }
  SECTION("over") {
    gate.must([&](const Tables& tables, Change& change) -> Status {
      for (auto [id, row] : tables.keys) {
        row.expires = gate.clock.now();
        change.keys[id] = row;
      }
      return {};
    });
  }
  CHECK_FALSE(serves());
}

TEST_CASE("serving: who is shut out, or may something else by now, comes again or does not",
          "[consumers][access]") {
  Gate gate;
  gate.add("b.man", Role::kManager);
  put(gate, "b.man", [](PrincipalRow& row) { row.certificate = "CN=b.man"; });
  const auto by_key = serving(gate, Gate::bearer(gate.key_of("b.man")));
  gate.certificate = "CN=b.man";
  const auto by_certificate = serving(gate, {});
  CHECK(by_key());
  CHECK(by_certificate());
  SECTION("shut out") {
    put(gate, "b.man", [](PrincipalRow& row) { row.active = false; });
  }
  SECTION("another manager") {
    put(gate, "b.man", [](PrincipalRow& row) { row.manager_id = ManagerId("m-other"); });
  }
  SECTION("another role") {
    put(gate, "b.man", [](PrincipalRow& row) { row.role = Role::kSource; });
  }
  CHECK_FALSE(by_key());
  CHECK_FALSE(by_certificate());
}

TEST_CASE("serving: a token ends when it runs out, and with whom it names", "[consumers][access]") {
  FixedClock unused(parse_timestamp("2026-11-26T08:00:00Z").value());
  Issuer issuer{{"https://sso.house.example", "ledger"},
                IssuerKeys([]() -> Result<std::string> { return "{}"; }, unused)};
  Gate gate({}, &issuer);
  gate.add("b.man", Role::kManager);
  put(gate, "b.man", [](PrincipalRow& row) { row.subject = "8f2a"; });
  const auto now =
      std::chrono::floor<std::chrono::seconds>(gate.clock.now().time_since_epoch()).count();
  const std::string claims = fmt::format(
      R"({{"iss":"https://sso.house.example","aud":"ledger","sub":"8f2a","exp":{}}})", now + 300);
  // Whose signature was looked at when it was let in.
  http::Request request;
  request.headers = Gate::bearer(base64url_encode(R"({"alg":"ES256","kid":"k1"})") + "." +
                                 base64url_encode(claims) + "." + base64url_encode("signed"));
  const auto principal = gate.store->read([](const Tables& tables) {
    return principal_of(*find(tables.principals, "b.man"), AuthenticatedBy::kJwt);
  });
  request.principal = std::make_shared<const Principal>(principal);
  const auto serves = gate.authentication->serving(request);
  CHECK(serves());
  SECTION("over") { gate.clock.set(gate.clock.now() + std::chrono::minutes(7)); }
  SECTION("his no longer") {
    put(gate, "b.man", [](PrincipalRow& row) { row.subject = "other"; });
  }
  CHECK_FALSE(serves());
}
