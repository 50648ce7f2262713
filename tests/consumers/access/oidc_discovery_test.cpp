// Goal: an issuer is believed about itself alone, and no secret goes where others read along.
#include "consumers/access/oidc_discovery.h"

#include <fmt/format.h>

#include "consumers/access/issuer_options.h"
#include "platform/access_limits.h"
#include "tests/support/catch.h"

using namespace ledger;
using namespace ledger::access;
using namespace std::chrono_literals;

namespace {

constexpr const char* kIssuer = "https://sso.house.example/realms/house";

std::string document(const std::string& token, const std::string& more = "") {
  return fmt::format(
      R"({{"issuer":"{0}","authorization_endpoint":"{0}/auth","token_endpoint":"{1}",)"
      R"("jwks_uri":"{0}/certs"{2}}})",
      kIssuer, token, more);
}

std::string wrong_member(const std::string& json) {
  const auto parsed = parse_discovery(json, kIssuer);
  return parsed ? "" : parsed.error().field;
}

std::string wrong_setting(const IssuerOptions& options) {
  const auto checked = check(options);
  return checked ? "" : checked.error().field;
}

}  // namespace

TEST_CASE("oidc: what an issuer says of itself", "[access][oidc]") {
  const auto plain = parse_discovery(document("https://sso.house.example/token"), kIssuer).value();
  CHECK(plain.authorization == std::string(kIssuer) + "/auth");
  CHECK(plain.keys == std::string(kIssuer) + "/certs");
  CHECK_FALSE(plain.names_itself);
  CHECK_FALSE(plain.secret_in_the_form);
  const auto more =
      parse_discovery(document("https://sso.house.example/token",
                               R"(,"authorization_response_iss_parameter_supported":true,)"
                               R"("code_challenge_methods_supported":["plain","S256"],)"
                               R"("token_endpoint_auth_methods_supported":["client_secret_post"])"),
                      kIssuer);
  REQUIRE(more);
  CHECK(more->names_itself);
  CHECK(more->secret_in_the_form);
  CHECK(discovery_address("https://sso.example/") ==
        "https://sso.example/.well-known/openid-configuration");
}

TEST_CASE("oidc: an issuer that is another's, or would give secrets away", "[access][oidc]") {
  const std::string good = "https://sso.house.example/token";
  CHECK(parse_discovery(document(good), "https://sso.house.example").error().field == "issuer");
  CHECK(parse_discovery("[]", kIssuer).error().code == ErrorCode::kMalformed);
  CHECK(parse_discovery("{", kIssuer).error().code == ErrorCode::kMalformed);
  CHECK(parse_discovery(document(good, fmt::format(R"(,"issuer":"{}")", kIssuer)), kIssuer)
            .error()
            .code == ErrorCode::kMalformed);
  for (const char* bad :
       {"http://sso.house.example/token", "http://127.0.0.1.evil.example/",
        "http://127.0.0.1:80@evil.example/", "https://user@evil.example/", "https://", "file:///x",
        "https://a.example/\\r\\nSet-Cookie: x=y", "https://a.example/#x", ""}) {
    INFO(bad);
    CHECK(wrong_member(document(bad)) == "token_endpoint");
  }
  CHECK(wrong_member(document("http://127.0.0.1:8081/token")).empty());
  CHECK(wrong_member(document("http://[::1]:8081/token")).empty());
  CHECK(wrong_member(document(good, R"(,"code_challenge_methods_supported":["plain"])")) ==
        "code_challenge_methods_supported");
}

TEST_CASE("oidc: what was known of an issuer stays while it is away", "[access][oidc]") {
  FixedClock clock(parse_timestamp("2026-11-26T08:00:00Z").value());
  Result<std::string> answer = fail(ErrorCode::kUnavailable, "away");
  Discovery discovery(kIssuer, [&] { return answer; }, clock);
  CHECK(discovery.due());
  CHECK_FALSE(discovery.refresh());
  CHECK_FALSE(discovery.endpoints());
  CHECK_FALSE(discovery.due());
  clock.set(clock.now() + limits::kKeySetPause);
  CHECK(discovery.due());
  answer = document("https://sso.house.example/token");
  CHECK(discovery.refresh());
  CHECK(discovery.endpoints()->token == "https://sso.house.example/token");
  clock.set(clock.now() + limits::kKeySetPause);
  CHECK_FALSE(discovery.due());
  clock.set(clock.now() + limits::kDiscoveryAge);
  CHECK(discovery.due());
  answer = R"({"issuer":"https://evil.example"})";
  CHECK_FALSE(discovery.refresh());
  CHECK(discovery.endpoints()->token == "https://sso.house.example/token");
}

TEST_CASE("oidc: settings that would let others in, or send people astray", "[access][oidc]") {
  const IssuerOptions bearer{kIssuer, "ledger", "", "sub"};
  CHECK(wrong_setting({}).empty());
  CHECK(wrong_setting(bearer).empty());
  CHECK(wrong_setting({kIssuer, "", "", "sub"}) == "oidc-audience");
  CHECK(wrong_setting({"", "ledger", "", "sub"}) == "oidc-issuer");
  CHECK(wrong_setting({"sso.house.example", "ledger", "", "sub"}) == "oidc-issuer");
  CHECK(wrong_setting({"sso.house.example", "ledger", "keys.json", "sub"}).empty());
  CHECK(wrong_setting({kIssuer, "ledger", "http://sso.house.example/jwks", "sub"}) == "oidc-jwks");
  IssuerOptions people{kIssuer, "", "", "email"};
  people.client_id = "ledger-web";
  CHECK(wrong_setting(people) == "oidc-redirect-base");
  for (const char* bad : {"ledger.example", "http://ledger.example", "https://ledger.example/sub",
                          "https://ledger.example?x", "https://a@ledger.example"}) {
    INFO(bad);
    people.redirect_base = bad;
    CHECK(wrong_setting(people) == "oidc-redirect-base");
  }
  people.redirect_base = "https://ledger.example/";
  CHECK(wrong_setting(people).empty());
  const auto settings = settings_of(people).value();
  CHECK(settings.redirect_uri == "https://ledger.example/v1/session/oidc/callback");
  CHECK(settings.scopes == "openid email");
  CHECK(settings.name == "sso.house.example");
  people.scopes = "email profile";
  CHECK(wrong_setting(people) == "oidc-scopes");
  people.scopes = "email openid";
  CHECK(wrong_setting(people).empty());
  people.client_secret_file = "/nowhere/secret";
  CHECK(settings_of(people).error().field == "oidc-client-secret-file");
  people.client_id = "";
  CHECK(wrong_setting(people) == "oidc-client-id");
}
