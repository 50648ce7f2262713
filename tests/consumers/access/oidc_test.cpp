// Goal: what a sign-in at an issuer rests on, piece by piece: the challenge, the table of those
// that wait, where a browser may be sent, and what an ID token has to say.
#include <algorithm>

#include "consumers/access/jwt.h"
#include "consumers/access/oidc_flows.h"
#include "consumers/access/oidc_sign_in.h"
#include "platform/access_limits.h"
#include "platform/base64.h"
#include "tests/support/catch.h"

using namespace ledger;
using namespace ledger::access;
using namespace std::chrono_literals;

namespace {

const Timestamp kNow = parse_timestamp("2026-11-26T08:00:00Z").value();

Flow flow(const std::string& nonce) { return {nonce, "verifier", "#/quotas", std::nullopt}; }

std::string wrong_claim(const std::string& claims) {
  const Token token{"", "", "", std::nullopt, claims};
  const auto good = check_id_token(token, "ledger-web", "n-1");
  return good ? "" : good.error().field;
}

}  // namespace

TEST_CASE("oidc: the challenge is that of RFC 7636, appendix B", "[access][oidc]") {
  CHECK(code_challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk") ==
        "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
}

TEST_CASE("oidc: a state serves once, and the browser that began alone", "[access][oidc]") {
  Flows flows;
  flows.put("state-1", "browser-1", flow("one"), kNow);
  flows.put("state-2", "browser-2", flow("two"), kNow);
  CHECK_FALSE(flows.take("state-1", "browser-2", kNow));
  CHECK_FALSE(flows.take("state-3", "browser-1", kNow));
  CHECK_FALSE(flows.take("", "", kNow));
  const auto taken = flows.take("state-1", "browser-1", kNow);
  REQUIRE(taken);
  CHECK(taken->nonce == "one");
  CHECK_FALSE(flows.take("state-1", "browser-1", kNow));
  CHECK(flows.take("state-2", "browser-2", kNow)->nonce == "two");
  CHECK(flows.size() == 0);
}

TEST_CASE("oidc: ten minutes, and no later", "[access][oidc]") {
  Flows flows;
  flows.put("state-1", "browser", flow("one"), kNow);
  flows.put("state-2", "browser", flow("two"), kNow + 1min);
  CHECK_FALSE(flows.take("state-1", "browser", kNow + limits::kSignInLifetime));
  CHECK(flows.size() == 1);
  CHECK(flows.take("state-2", "browser", kNow + limits::kSignInLifetime + 1min - 1us));
}

TEST_CASE("oidc: however many begin, so many wait", "[access][oidc]") {
  Flows flows;
  const auto state = [](std::size_t number) { return "state-" + std::to_string(number); };
  const std::size_t all = limits::kSignInsWaitingMax + 3;
  for (std::size_t i = 0; i < all; ++i) {
    flows.put(state(i), "browser", flow("n"), kNow);
    if (i == 1) REQUIRE(flows.take(state(1), "browser", kNow));
  }
  CHECK(flows.size() == limits::kSignInsWaitingMax);
  CHECK_FALSE(flows.take(state(0), "browser", kNow));
  CHECK_FALSE(flows.take(state(2), "browser", kNow));
  CHECK(flows.take(state(3), "browser", kNow));
  CHECK(flows.take(state(all - 1), "browser", kNow));
}

TEST_CASE("oidc: one comes back to a place of the dashboard", "[access][oidc]") {
  for (const char* good : {"#/", "#/quotas", "#/client/c-1?as_of=2026-11-25&kind=calls",
                           "#/client/%D0%90%2F1", "#//evil.example"}) {
    INFO(good);
    CHECK(is_place(good));
  }
  const std::string too_long = "#/" + std::string(limits::kReturnToBytesMax, 'a');
  for (const std::string bad :
       {"", "/", "#", "//evil.example", "https://evil.example", "/\\evil.example", "/quotas",
        "javascript:alert(1)", "#/a b", "#/a\r\nSet-Cookie: x=y", "#/a\\b", "#/<b>", "#/a#b",
        "#/\xd0\x90", "#/login?token=x", too_long.c_str()}) {
    INFO(bad);
    CHECK_FALSE(is_place(bad));
  }
}

TEST_CASE("oidc: an ID token answers this question and is ours", "[access][oidc]") {
  CHECK(wrong_claim(R"({"nonce":"n-1","iat":1,"aud":"ledger-web"})").empty());
  CHECK(wrong_claim(R"({"nonce":"n-1","iat":1,"aud":["ledger-web"]})").empty());
  CHECK(wrong_claim(R"({"nonce":"n-1","iat":1,"aud":["ledger-web","crm"],"azp":"ledger-web"})")
            .empty());
  CHECK(wrong_claim(R"({"nonce":"n-2","iat":1,"aud":"ledger-web"})") == "nonce");
  CHECK(wrong_claim(R"({"nonce":["n-1"],"iat":1,"aud":"ledger-web"})") == "nonce");
  CHECK(wrong_claim(R"({"iat":1,"aud":"ledger-web"})") == "nonce");
  CHECK(wrong_claim(R"({"nonce":"n-1","aud":"ledger-web"})") == "iat");
  CHECK(wrong_claim(R"({"nonce":"n-1","iat":1,"aud":["ledger-web","crm"]})") == "azp");
  CHECK(wrong_claim(R"({"nonce":"n-1","iat":1,"aud":["ledger-web","crm"],"azp":"crm"})") == "azp");
  CHECK(wrong_claim(R"({"nonce":"n-1","iat":1,"aud":"ledger-web","azp":7})") == "azp");
}
