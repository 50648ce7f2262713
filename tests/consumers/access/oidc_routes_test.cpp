// Goal: a browser that goes to the issuer and comes back is signed in as whom it names, and no
// other browser, answer or token is. Method: routes and guard as in ledgerd, an issuer scripted
// here.
#include <openssl/evp.h>

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "consumers/access/issuer_options.h"
#include "platform/base64.h"
#include "platform/http/form.h"
#include "tests/consumers/access/gate.h"
#include "tests/support/catch.h"

using namespace ledger;
using namespace ledger::access;
using ledger::testing::Gate;
using namespace std::chrono_literals;

namespace {

constexpr const char* kIssuer = "https://sso.house.example";
using Fields = std::map<std::string, std::string>;

Fields fields_of(std::string_view form) {
  const auto parsed = http::parse_form(form).value();
  Fields fields;
  for (const auto& [name, value] : parsed) fields[name] = value;
  return fields;
}

class Key {
 public:
  [[nodiscard]] std::string jwks() const {
    std::string raw(32, '\0');
    std::size_t size = raw.size();
    EVP_PKEY_get_raw_public_key(key_.get(), reinterpret_cast<unsigned char*>(raw.data()), &size);
    return fmt::format(R"({{"keys":[{{"kid":"k1","kty":"OKP","crv":"Ed25519","x":"{}"}}]}})",
                       base64url_encode(raw));
  }
  [[nodiscard]] std::string token(const std::string& claims) const {
    const std::string text = base64url_encode(R"({"alg":"EdDSA","kid":"k1","typ":"JWT"})") + "." +
                             base64url_encode(claims);
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                          &EVP_MD_CTX_free);
    EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key_.get());
    std::string out(64, '\0');
    std::size_t size = out.size();
    REQUIRE(EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(out.data()), &size,
                           reinterpret_cast<const unsigned char*>(text.data()), text.size()) == 1);
    return text + "." + base64url_encode(out);
  }

 private:
  std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key_{
      EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"), &EVP_PKEY_free};
};

std::string header_of(const http::Response& answer, std::string_view name,
                      std::string_view begin = "") {
  for (const auto& [each, value] : answer.headers) {
    if (each == name && value.starts_with(begin)) return value;
  }
  return "";
}

struct House {
  explicit House(const std::string& secret = "", const std::string& discovered = "")
      : document(fmt::format(R"({{"issuer":"{0}","authorization_endpoint":"{0}/auth?realm=1",)"
                             R"("token_endpoint":"{0}/token","jwks_uri":"{0}/certs"{1}}})",
                             kIssuer, discovered)),
        discovery(
            kIssuer, [this] { return document; }, clock),
        issuer{{kIssuer, "", "sub"}, IssuerKeys([this] { return key.jwks(); }, clock), &discovery},
        oidc({{"House SSO", "ledger-web", secret,
               std::string("https://ledger.example") + kCallbackPath, "openid"},
              issuer,
              clock,
              [this](const std::string& url, const std::string& form, const std::string& header) {
                posted_to = url;
                posted = fields_of(form);
                authorization = header;
                ++posts;
                return answer_of(form);
              }}),
        gate({}, nullptr, &oidc) {
    gate.secure = true;
    gate.add("admin", Role::kAdmin);
    PrincipalRow olena;
    olena.id = olena.name = olena.subject.emplace("olena");
    olena.role = Role::kManager;
    olena.manager_id = ManagerId("m-olena");
    gate.add(olena);
    gate.add("pbx", Role::kSource);
    REQUIRE(discovery.refresh());
  }

  void pass(std::chrono::microseconds time) {
    clock.set(clock.now() + time);
    gate.clock.set(gate.clock.now() + time);
  }

  // What the token endpoint gives for the nonce that the browser was sent with.
  Result<http::Posted> answer_of(const std::string&) {
    if (!status_of_post) return tl::unexpected(status_of_post.error());
    if (!raw.empty()) return http::Posted{raw_status, raw};
    const std::int64_t seconds = clock.now().time_since_epoch() / 1s;
    Fields claims{{"iss", R"("https://sso.house.example")"},
                  {"aud", R"("ledger-web")"},
                  {"sub", R"("olena")"},
                  {"exp", std::to_string(seconds + 300)},
                  {"iat", std::to_string(seconds)},
                  {"nonce", "\"" + nonce + "\""}};
    for (const auto& [name, value] : spoilt) claims[name] = value;
    std::string text;
    for (const auto& [name, value] : claims) {
      if (!value.empty()) text += fmt::format("{}\"{}\":{}", text.empty() ? "" : ",", name, value);
    }
    return http::Posted{200, fmt::format(R"({{"access_token":"at","token_type":"Bearer",)"
                                         R"("id_token":"{}"}})",
                                         key.token("{" + text + "}"))};
  }

  struct Browser {
    std::string state;
    std::string cookie;
  };
  Browser start(const std::string& return_to = "%23%2Fclient%2Fc-1",
                const Gate::Headers& headers = {}) {
    started = gate.ask("GET", "/v1/session/oidc/start?return_to=" + return_to, headers);
    const std::string location = header_of(started, "Location");
    sent = fields_of(location.substr(std::min(location.size(), location.find('?') + 1)));
    nonce = sent["nonce"];
    const std::string cookie = header_of(started, "Set-Cookie");
    return {sent["state"], cookie.substr(0, cookie.find(';'))};
  }
  http::Response come_back(const Browser& browser, const std::string& query) {
    return gate.ask(
        "GET", std::string(kCallbackPath) + "?state=" + http::url_encode(browser.state) + query,
        {{"cookie", browser.cookie}, {"sec-fetch-site", "cross-site"}});
  }
  // The word that the login page is told; "in": signed in.
  static std::string word(const http::Response& answer) {
    CHECK(answer.status == 303);
    const bool in = !header_of(answer, "Set-Cookie", "__Host-ledger_session=").empty();
    const std::string location = header_of(answer, "Location");
    if (in) return "in";
    CHECK(location.starts_with("/#/login?"));
    return fields_of(location.substr(location.find('?') + 1))["error"];
  }
  std::string outcome(const std::string& query = "&code=c-1") {
    return word(come_back(start(), query));
  }

  FixedClock clock{parse_timestamp("2026-11-26T08:00:00Z").value()};
  Key key;
  std::string document;
  Discovery discovery;
  Issuer issuer;
  OidcSignIn oidc;
  Gate gate;
  // What the issuer does
  Status status_of_post;
  std::string raw;
  int raw_status = 200;
  Fields spoilt;  // claims, as JSON; empty: left out
  std::string nonce;
  // and saw.
  int posts = 0;
  std::string posted_to;
  Fields posted;
  std::string authorization;
  http::Response started;
  Fields sent;
};

}  // namespace

TEST_CASE("oidc: to the issuer, back, and signed in where one wanted to be", "[access][oidc]") {
  House house;
  const auto browser = house.start();
  CHECK(house.started.status == 303);
  const std::string location = header_of(house.started, "Location");
  CHECK(location.starts_with("https://sso.house.example/auth?realm=1&response_type=code&"));
  CHECK(house.sent["client_id"] == "ledger-web");
  CHECK(house.sent["redirect_uri"] == "https://ledger.example/v1/session/oidc/callback");
  CHECK(house.sent["scope"] == "openid");
  CHECK(house.sent["code_challenge_method"] == "S256");
  CHECK(house.sent["state"].size() == 43);
  CHECK(house.sent["nonce"].size() == 43);
  const std::string cookie = header_of(house.started, "Set-Cookie");
  CHECK(cookie.starts_with("__Secure-ledger_oidc_"));
  for (const char* part : {"; Path=/v1/session/oidc/callback;", "; HttpOnly", "; SameSite=Lax",
                           "; Max-Age=600", "; Secure"}) {
    INFO(part);
    CHECK(cookie.find(part) != std::string::npos);
  }
  CHECK(cookie.find(browser.state) == std::string::npos);

  const auto answer = house.come_back(browser, "&code=c-1&session_state=x");
  CHECK(answer.status == 303);
  CHECK(header_of(answer, "Location") == "/#/client/c-1");
  CHECK(header_of(answer, "Set-Cookie", "__Secure-ledger_oidc_").find("Max-Age=0") !=
        std::string::npos);
  const std::string session = header_of(answer, "Set-Cookie", "__Host-ledger_session=");
  CHECK(session.find("; SameSite=Strict") != std::string::npos);
  const Gate::Headers reads{{"cookie", session.substr(0, session.find(';'))}};
  const auto who = house.gate.ask("GET", "/v1/session", reads);
  REQUIRE(who.status == 200);
  CHECK(boost::json::parse(who.body).at("principal") == "olena");
  CHECK(house.gate.ask("GET", "/v1/clients/c-1", reads).body == "olena");

  CHECK(house.posted_to == "https://sso.house.example/token");
  CHECK(house.authorization.empty());
  CHECK(house.posted["grant_type"] == "authorization_code");
  CHECK(house.posted["code"] == "c-1");
  CHECK(house.posted["client_id"] == "ledger-web");
  CHECK(house.posted["redirect_uri"] == house.sent["redirect_uri"]);
  CHECK(code_challenge(house.posted["code_verifier"]) == house.sent["code_challenge"]);
  CHECK(house.gate.counters.sign_ins == 1);
}

TEST_CASE("oidc: the secret goes in the header, or as the issuer takes it", "[access][oidc]") {
  House house("s:e/c ret");
  CHECK(house.outcome() == "in");
  CHECK(house.authorization == "Basic " + base64_encode("ledger-web:s%3Ae%2Fc%20ret"));
  CHECK_FALSE(house.posted.contains("client_id"));
  CHECK_FALSE(house.posted.contains("client_secret"));
  House form("s:e/c ret", R"(,"token_endpoint_auth_methods_supported":["client_secret_post"])");
  CHECK(form.outcome() == "in");
  CHECK(form.authorization.empty());
  CHECK(form.posted["client_secret"] == "s:e/c ret");
}

TEST_CASE("oidc: an answer serves once, and the browser that asked", "[access][oidc]") {
  House house;
  const auto mine = house.start();
  const auto others = house.start();
  const std::string nonce = house.nonce;
  CHECK(mine.state != others.state);
  // Another's answer at my browser: with his cookie's name or with mine, it is not what I began.
  CHECK(House::word(house.come_back({others.state, mine.cookie}, "&code=c-1")) == "outdated");
  const std::string renamed =
      others.cookie.substr(0, others.cookie.find('=')) + mine.cookie.substr(mine.cookie.find('='));
  CHECK(House::word(house.come_back({others.state, renamed}, "&code=c-1")) == "outdated");
  CHECK(House::word(house.come_back({others.state, ""}, "&code=c-1")) == "outdated");
  CHECK(House::word(house.come_back({"", mine.cookie}, "&code=c-1")) == "outdated");
  CHECK(house.posts == 0);
  house.nonce = nonce;
  CHECK(House::word(house.come_back(others, "&code=c-1")) == "in");
  CHECK(House::word(house.come_back(others, "&code=c-1")) == "outdated");
  CHECK(house.posts == 1);
  // Whose answer failed begins anew.
  const auto denied = house.start();
  CHECK(House::word(house.come_back(denied, "&error=access_denied")) == "denied");
  CHECK(House::word(house.come_back(denied, "&code=c-1")) == "outdated");
}

TEST_CASE("oidc: who takes longer than ten minutes begins anew", "[access][oidc]") {
  House house;
  const auto browser = house.start();
  house.pass(limits::kSignInLifetime);
  CHECK(House::word(house.come_back(browser, "&code=c-1")) == "outdated");
  CHECK(house.posts == 0);
}

TEST_CASE("oidc: a token that is not for this sign-in is none", "[access][oidc]") {
  for (const auto& [claim, value] : {std::pair{"nonce", R"("another")"},
                                     {"nonce", ""},
                                     {"iss", R"("https://evil.example")"},
                                     {"aud", R"("crm")"},
                                     {"aud", R"(["ledger-web","crm"])"},
                                     {"azp", R"("crm")"},
                                     {"exp", "1700000000"},
                                     {"exp", ""},
                                     {"iat", ""},
                                     {"sub", ""},
                                     {"sub", "7"}}) {
    House house;
    house.spoilt[claim] = value;
    INFO(claim << ' ' << value);
    CHECK(house.outcome() == "failed");
    CHECK(house.posts == 1);
    CHECK(house.gate.counters.sign_ins == 0);
  }
  House forged;
  const Key stranger;
  forged.raw = fmt::format(R"({{"id_token":"{}"}})", stranger.token(R"({"sub":"admin"})"));
  CHECK(forged.outcome() == "failed");
}

TEST_CASE("oidc: whom the issuer names is somebody here, and no machine", "[access][oidc]") {
  for (const char* sub : {R"("nobody")", R"("pbx")"}) {
    House house;
    house.spoilt["sub"] = sub;
    CHECK(house.outcome() == "unknown");
  }
  House house;
  house.gate.must([&](const Tables& tables, Change& change) {
    auto row = tables.principals.at("olena");
    row.active = false;
    return change_principal(tables, change, {"admin", house.gate.clock.now()}, row);
  });
  CHECK(house.outcome() == "unknown");
}

TEST_CASE("oidc: an answer that is not said to be our issuer's", "[access][oidc]") {
  House house;
  CHECK(house.outcome("&code=c-1&iss=https%3A%2F%2Fsso.house.example") == "in");
  CHECK(house.outcome("&code=c-1&iss=https%3A%2F%2Fevil.example") == "failed");
  CHECK(house.posts == 1);
  House named("", R"(,"authorization_response_iss_parameter_supported":true)");
  CHECK(named.outcome("&code=c-1") == "failed");
  CHECK(named.outcome("&error=access_denied") == "failed");
  CHECK(named.outcome("&code=c-1&iss=https%3A%2F%2Fsso.house.example") == "in");
}

TEST_CASE("oidc: what the issuer answers comes back as a word of ours", "[access][oidc]") {
  House house;
  CHECK(house.outcome("&error=access_denied&error_description=<b>") == "denied");
  CHECK(house.outcome("&error=temporarily_unavailable") == "away");
  CHECK(house.outcome("&error=%0d%0aSet-Cookie:x") == "failed");
  CHECK(house.outcome("") == "failed");
  CHECK(house.outcome("&code=" + std::string(5000, 'a')) == "failed");
  CHECK(house.posts == 0);
  const auto browser = house.start();
  CHECK(header_of(house.come_back(browser, "&error=access_denied"), "Location") ==
        "/#/login?error=denied&return_to=%23%2Fclient%2Fc-1");
  house.status_of_post = fail(ErrorCode::kTimeout, "no answer in time");
  CHECK(house.outcome() == "away");
  house.status_of_post = {};
  const auto answers = [&](int status, const std::string& body) {
    house.raw_status = status;
    house.raw = body;
    return house.outcome();
  };
  CHECK(answers(503, "x") == "away");
  CHECK(answers(400, R"({"error":"invalid_grant"})") == "failed");
  CHECK(answers(302, "moved") == "failed");
  CHECK(answers(200, R"({"access_token":"at"})") == "failed");
}

TEST_CASE("oidc: nobody is sent elsewhere, or signed in by another's page", "[access][oidc]") {
  House house;
  for (const char* bad : {"%2F%2Fevil.example", "https%3A%2F%2Fevil.example", "%2F%5Cevil.example",
                          "%23%2Fa%0d%0aSet-Cookie%3Ax"}) {
    INFO(bad);
    house.start(bad);
    CHECK(house.started.status == 422);
    CHECK(header_of(house.started, "Location").empty());
  }
  CHECK(house.gate.ask("GET", "/v1/session/oidc/start?next=x").status == 422);
  house.start("%23%2Fquotas", {{"sec-fetch-site", "cross-site"}});
  CHECK(header_of(house.started, "Location") == "/#/login?return_to=%23%2Fquotas");
  CHECK(house.oidc.flows().size() == 0);
  CHECK(header_of(house.come_back(house.start(""), "&code=c-1"), "Location") == "/");
}

TEST_CASE("oidc: the sessions that this browser had end", "[access][oidc]") {
  House house;
  house.gate.set_password("admin", "a long enough one");
  const auto before = house.gate.sign_in("admin", "a long enough one");
  CHECK(house.gate.ask("GET", "/v1/session", before.reads()).status == 200);
  const auto browser = house.start("%23%2Fquotas", before.reads());
  CHECK(house.gate.ask("GET", "/v1/session", before.reads()).status == 200);
  CHECK(House::word(house.come_back(browser, "&code=c-1")) == "in");
  CHECK(house.gate.ask("GET", "/v1/session", before.reads()).status == 401);
}

TEST_CASE("oidc: too many are told to wait, and an issuer that is away is said", "[access][oidc]") {
  House house;
  const auto browser = house.start();
  for (int i = 0; i < static_cast<int>(limits::kFailedSignInsBurst); ++i) {
    CHECK(House::word(house.come_back({"s", "c=d"}, "&code=c-1")) == "outdated");
  }
  CHECK(House::word(house.come_back(browser, "&code=c-1")) == "too_many");
  for (int i = 1; i < static_cast<int>(limits::kSignInStartsBurst); ++i) house.start();
  house.start();
  CHECK(House::word(house.started) == "too_many");
  CHECK(house.gate.counters.limited == 2);
  House away;
  Discovery unreached(kIssuer, [] { return fail(ErrorCode::kUnavailable, "away"); }, away.clock);
  away.issuer.discovery = &unreached;
  away.start();
  CHECK(House::word(away.started) == "away");
}

TEST_CASE("oidc: the login page is told, and elsewhere there is no such sign-in",
          "[access][oidc]") {
  House house;
  CHECK(house.gate.ask("GET", "/v1/session/oidc").body == R"({"offered":true,"name":"House SSO"})");
  Gate closed;
  CHECK(closed.ask("GET", "/v1/session/oidc").body == R"({"offered":false})");
  CHECK(closed.ask("GET", "/v1/session/oidc/start").status == 404);
  CHECK(closed.ask("GET", "/v1/session/oidc/callback?state=x&code=y").status == 404);
}
