// Goal: nobody gets past the guard whom it does not know, and a page of another site writes
// nothing.
#include "consumers/access/guard.h"

#include "platform/access_limits.h"
#include "tests/consumers/access/gate.h"
#include "tests/support/catch.h"

using namespace ledger;
using namespace ledger::access;
using ledger::testing::Gate;
using namespace std::chrono_literals;

TEST_CASE("guard: what asks nobody, and nothing else", "[access]") {
  CHECK(is_for_anybody("GET", "/healthz"));
  CHECK(is_for_anybody("GET", "/readyz"));
  CHECK(is_for_anybody("POST", "/v1/session"));
  CHECK(is_for_anybody("POST", "/v1/hooks/{sender}/{secret}"));
  CHECK(is_for_anybody("GET", "/assets/{file}"));
  for (const char* pattern : {"/v1/clients/{id}", "/v1/principals", "/v1/sessions", "/v1/hooksx",
                              "/metrics", "/v1/status", "/v1/log"}) {
    INFO(pattern);
    CHECK_FALSE(is_for_anybody("GET", pattern));
  }
  CHECK_FALSE(is_for_anybody("POST", "/assets/{file}"));
}

TEST_CASE("guard: without credentials, or with bad ones, it is 401 and says how", "[access]") {
  Gate gate;
  gate.add("admin", Role::kAdmin);
  gate.add("olena", Role::kManager);
  const std::string key = gate.key_of("olena");
  CHECK(gate.ask("GET", "/v1/clients/c-1", Gate::bearer(key)).body == "olena");
  CHECK(gate.ask("GET", "/v1/clients/c-1", {{"authorization", "bEaReR " + key}}).status == 200);
  const auto nobody = gate.ask("GET", "/v1/clients/c-1");
  CHECK(nobody.status == 401);
  CHECK(nobody.body.find("urn:salesledger:problem:unauthenticated") != std::string::npos);
  REQUIRE(!nobody.headers.empty());
  CHECK(nobody.headers.front().first == "WWW-Authenticate");
  std::string other = key;
  other.back() = other.back() == 'A' ? 'E' : 'A';
  for (const std::string& bad :
       {std::string("Bearer"), std::string("Bearer "), "Basic " + key, "Bearer " + other, key,
        "Bearer  x." + key, std::string("Bearer a.b.c")}) {
    INFO(bad);
    CHECK(gate.ask("GET", "/v1/clients/c-1", {{"authorization", bad}}).status == 401);
  }
  const auto bearer = Gate::bearer(key).front();
  CHECK(gate.ask("GET", "/v1/clients/c-1", {bearer, bearer}).status == 401);
  CHECK(gate.ask("GET", "/metrics").status == 401);
  CHECK(gate.ask("GET", "/healthz").body == "nobody");
  CHECK(gate.ask("POST", "/v1/hooks/x").status == 200);
  CHECK(gate.ask("GET", "/nowhere").status == 404);
}

TEST_CASE("guard: keys end by revocation, by expiry, and with their holder", "[access]") {
  Gate gate;
  gate.add("admin", Role::kAdmin);
  gate.add("pbx", Role::kSource);
  const auto admin = Gate::bearer(gate.key_of("admin"));
  const std::string key = gate.key_of("pbx");
  const auto status = [&](const std::string& with) {
    return gate.ask("POST", "/v1/events", Gate::bearer(with)).status;
  };
  REQUIRE(status(key) == 200);
  const std::string id = key.substr(4, 16);
  const auto rotated = gate.ask("POST", "/v1/principals/pbx/keys", admin,
                                R"({"replaces":")" + id + R"(","overlap_hours":2})");
  REQUIRE(rotated.status == 201);
  const std::string fresh(boost::json::parse(rotated.body).at("key").as_string());
  CHECK(status(key) == 200);
  CHECK(status(fresh) == 200);
  gate.clock.set(gate.clock.now() + 2h);
  CHECK(status(key) == 401);
  CHECK(status(fresh) == 200);
  gate.reopen();
  CHECK(status(fresh) == 200);
  CHECK(gate.ask("PATCH", "/v1/principals/pbx", admin, R"({"active":false})").status == 200);
  CHECK(status(fresh) == 401);
  CHECK(gate.ask("PATCH", "/v1/principals/pbx", admin, R"({"active":true})").status == 200);
  CHECK(status(fresh) == 200);
  CHECK(gate.ask("DELETE", "/v1/principals/pbx/keys/" + fresh.substr(4, 16), admin).status == 204);
  CHECK(status(fresh) == 401);
}

TEST_CASE("guard: a write by a cookie needs the page's token, of the page's own site", "[access]") {
  Gate gate;
  gate.add("olena", Role::kManager);
  gate.set_password("olena", "a long enough one");
  const auto browser = gate.sign_in("olena", "a long enough one");
  CHECK(gate.ask("GET", "/v1/clients/c-1", browser.reads()).body == "olena");
  CHECK(gate.ask("POST", "/v1/events", browser.writes()).body == "olena");
  CHECK(gate.ask("POST", "/v1/events", browser.reads()).status == 403);
  const auto with = [&](const std::string& name, const std::string& value) {
    auto headers = browser.writes();
    headers.emplace_back(name, value);
    return gate.ask("POST", "/v1/events", headers).status;
  };
  CHECK(with("sec-fetch-site", "same-origin") == 200);
  CHECK(with("sec-fetch-site", "cross-site") == 403);
  CHECK(with("sec-fetch-site", "same-site") == 403);
  CHECK(with("origin", "https://ledger.example") == 200);
  CHECK(with("origin", "https://LEDGER.example") == 200);
  CHECK(with("origin", "https://evil.example") == 403);
  CHECK(with("origin", "https://ledger.example.evil.example") == 403);
  CHECK(with("origin", "null") == 403);
  auto forged = browser.writes();
  forged[1].second = csrf_token_of("another session");
  CHECK(gate.ask("POST", "/v1/events", forged).status == 403);
  CHECK(gate.counters.forged == 7);
  // A key is sent on purpose; a browser does not add it.
  CHECK(gate.ask("POST", "/v1/events", Gate::bearer(gate.key_of("olena"))).status == 200);
}

TEST_CASE("guard: bearer before certificate before cookie; under TLS the cookie has its other name",
          "[access]") {
  Gate gate;
  gate.add("olena", Role::kManager);
  gate.set_password("olena", "a long enough one");
  access::PrincipalRow pbx;
  pbx.id = pbx.name = "pbx";
  pbx.sources = {"asterisk/main"};
  pbx.certificate = "DNS:pbx.house.example";
  gate.add(pbx);
  const auto browser = gate.sign_in("olena", "a long enough one");
  const auto who = [&](Gate::Headers headers) {
    const auto answer = gate.ask("GET", "/v1/clients/c-1", std::move(headers));
    return answer.status == 200 ? answer.body : std::to_string(answer.status);
  };
  gate.certificate = "CN=pbx,O=House\nDNS:pbx.house.example";
  CHECK(who({}) == "pbx");
  CHECK(who(browser.reads()) == "pbx");
  CHECK(who(Gate::bearer(gate.key_of("olena"))) == "olena");
  CHECK(who(Gate::bearer("sal_bad")) == "401");
  CHECK(gate.ask("POST", "/v1/events").status == 200);
  CHECK(gate.ask("POST", "/v1/events", {{"origin", "https://ledger.example"}}).status == 200);
  CHECK(gate.ask("POST", "/v1/events", {{"origin", "https://evil.example"}}).status == 403);
  CHECK(gate.ask("POST", "/v1/events", {{"sec-fetch-site", "cross-site"}}).status == 403);
  gate.certificate = "CN=DNS:pbx.house.example";
  CHECK(who({}) == "401");
  CHECK(who(browser.reads()) == "olena");
  gate.certificate.clear();
  gate.secure = true;
  CHECK(who(browser.reads()) == "401");
  const auto secure = gate.sign_in("olena", "a long enough one");
  CHECK(secure.cookie.starts_with("__Host-ledger_session="));
  CHECK(who(secure.reads()) == "olena");
  CHECK(who({{"cookie", secure.cookie + "; __Host-ledger_session=other"}}) == "401");
  CHECK(who({{"cookie", "theme=dark; " + secure.cookie}}) == "olena");
}

TEST_CASE("guard: rates by principal and, for those unknown, by address", "[access]") {
  Gate gate;
  gate.add("pbx", Role::kSource);
  gate.add("mail", Role::kSource);
  const auto pbx = Gate::bearer(gate.key_of("pbx"));
  int passed = 0;
  while (gate.ask("POST", "/v1/events", pbx).status == 200) ++passed;
  CHECK(passed == static_cast<int>(limits::kPrincipalRequestsBurst));
  const auto refused = gate.ask("POST", "/v1/events", pbx);
  CHECK(refused.status == 429);
  REQUIRE(!refused.headers.empty());
  CHECK(refused.headers.front() == std::pair<std::string, std::string>("Retry-After", "1"));
  CHECK(gate.ask("POST", "/v1/events", Gate::bearer(gate.key_of("mail"))).status == 200);
  gate.clock.set(gate.clock.now() + limits::kPrincipalRequestEvery);
  CHECK(gate.ask("POST", "/v1/events", pbx).status == 200);
  for (int i = 0; i < static_cast<int>(limits::kUnknownRequestsBurst); ++i) {
    REQUIRE(gate.ask("GET", "/v1/clients/c-1").status == 401);
  }
  CHECK(gate.ask("GET", "/v1/clients/c-1").status == 429);
  CHECK(gate.ask("GET", "/healthz").status == 200);
  gate.peer = "192.0.2.8";
  CHECK(gate.ask("GET", "/v1/clients/c-1").status == 401);
}

TEST_CASE("guard: what the policy refuses does not reach the handler", "[access]") {
  Gate gate([](const Principal& principal, std::string_view method,
               std::string_view pattern) -> std::optional<http::Response> {
    if (principal.role == Role::kAuditor && method != "GET") return http::forbidden("reads alone");
    CHECK(pattern.find("c-1") == std::string_view::npos);  // the pattern, not the path
    return std::nullopt;
  });
  gate.add("auditor", Role::kAuditor);
  const auto auditor = Gate::bearer(gate.key_of("auditor"));
  CHECK(gate.ask("GET", "/v1/clients/c-1", auditor).body == "auditor");
  CHECK(gate.ask("POST", "/v1/events", auditor).status == 403);
}

TEST_CASE("guard: a list of numbers is not asked through", "[access]") {
  Gate gate;
  gate.router->add("GET", "/v1/clients", http::RunOn::kInline,
                   [](const http::Request&) { return http::Response{200, "text/plain", ""}; });
  gate.add("olena", Role::kManager);
  gate.add("ivan", Role::kManager);
  gate.add("audit", Role::kAuditor);
  const auto olena = Gate::bearer(gate.key_of("olena"));
  const auto ask = [&](const Gate::Headers& who, const std::string& wanted) {
    return gate.ask("GET", "/v1/clients?q=" + wanted, who).status;
  };
  for (int i = 0; i < static_cast<int>(limits::kExactSearchesBurst); ++i) {
    REQUIRE(ask(olena, "050111" + std::to_string(1000 + i)) == 200);
  }
  CHECK(ask(olena, "0501112233") == 429);
  CHECK(ask(olena, "%2B380%2050%20111-22-33") == 429);
  CHECK(ask(olena, "papir") == 200);
  CHECK(ask(olena, "c-1001") == 200);
  CHECK(gate.ask("GET", "/v1/clients/c-1001", olena).status == 200);
  CHECK(ask(Gate::bearer(gate.key_of("ivan")), "0501112233") == 200);
  const auto audit = Gate::bearer(gate.key_of("audit"));
  for (int i = 0; i <= static_cast<int>(limits::kExactSearchesBurst); ++i) {
    REQUIRE(ask(audit, "0501112233") == 200);
  }
  gate.clock.set(gate.clock.now() + limits::kExactSearchEvery);
  CHECK(ask(olena, "0501112233") == 200);
  CHECK(ask(olena, "0501112233") == 429);
}
