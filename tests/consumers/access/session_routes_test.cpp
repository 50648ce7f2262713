// Goal: signing in and out, for as long as a session serves.
#include "platform/access_limits.h"
#include "tests/consumers/access/gate.h"
#include "tests/support/catch.h"

using namespace ledger;
using namespace ledger::access;
using ledger::testing::Gate;
using namespace std::chrono_literals;

namespace {

constexpr const char* kPassword = "a long enough one";
constexpr const char* kSignIn = R"({"login":"olena","password":"a long enough one"})";
constexpr const char* kWrong = R"({"login":"olena","password":"another long one"})";

struct House : Gate {
  House() {
    add("admin", Role::kAdmin);
    add("olena", Role::kManager);
    set_password("olena", kPassword);
  }
  int status(const Headers& headers) { return ask("GET", "/v1/clients/c-1", headers).status; }
};

}  // namespace

TEST_CASE("session: signed in by a password, it says who, and signs out", "[access]") {
  House house;
  CHECK(house.ask("GET", "/v1/session").status == 401);
  const auto answer = house.ask("POST", "/v1/session", {}, kSignIn);
  REQUIRE(answer.status == 200);
  const auto said = boost::json::parse(answer.body);
  CHECK(said.at("access") == "on");
  CHECK(said.at("principal") == "olena");
  CHECK(said.at("role") == "manager");
  CHECK(said.at("manager_id") == "m-olena");
  CHECK(said.at("expires_at") == "2026-11-26T08:30:00Z");
  std::string cookie;
  for (const auto& [name, value] : answer.headers) cookie += name == "Set-Cookie" ? value : "";
  CHECK(cookie.find("; HttpOnly") != std::string::npos);
  CHECK(cookie.find("; SameSite=Strict") != std::string::npos);
  CHECK(cookie.find("; Path=/") != std::string::npos);
  CHECK(cookie.find("Secure") == std::string::npos);
  const auto browser = Gate::browser_of(answer);
  const auto again = house.ask("GET", "/v1/session", browser.reads());
  CHECK(again.status == 200);
  CHECK(boost::json::parse(again.body).at("csrf_token") == browser.csrf.c_str());
  CHECK(house.ask("DELETE", "/v1/session", browser.reads()).status == 403);
  CHECK(house.ask("DELETE", "/v1/session", browser.writes()).status == 204);
  CHECK(house.status(browser.reads()) == 401);
  CHECK(house.ask("DELETE", "/v1/session", browser.writes()).status == 204);
}

TEST_CASE("session: a login as a phone writes it, and bodies that are none", "[access]") {
  House house;
  const auto status = [&](const std::string& body) {
    return house.ask("POST", "/v1/session", {}, body).status;
  };
  CHECK(status(R"({"login":"Olena ","password":"a long enough one"})") == 200);
  CHECK(status(R"({"login":"olena"})") == 422);
  CHECK(status(R"({"password":"x"})") == 422);
  CHECK(status("{}") == 422);
  CHECK(status(R"({"login":"olena","password":"x","one_time_token":"y"})") == 422);
  CHECK(status(R"({"login":"olena","password":"x","role":"admin"})") == 422);
  CHECK(status("[]") == 422);
  CHECK(status("nonsense") == 400);
  http::Request form;
  form.method = "POST";
  form.segments = {"v1", "session"};
  form.headers = {{"content-type", "text/plain"}};
  form.body = kSignIn;
  CHECK(house.router->call(form).status == 415);
  CHECK(house.ask("POST", "/v1/session", {{"sec-fetch-site", "cross-site"}}, kSignIn).status ==
        403);
}

TEST_CASE(
    "session: wrong passwords, unknown logins and who was shut out are one answer, and too "
    "many of them 429",
    "[access]") {
  House house;
  house.must([&](const Tables& tables, Change& change) {
    auto row = tables.principals.at("olena");
    row.active = false;
    return change_principal(tables, change, {"admin", house.clock.now()}, row);
  });
  const auto shut_out = house.ask("POST", "/v1/session", {}, kSignIn);
  const auto wrong = house.ask("POST", "/v1/session", {}, kWrong);
  const auto unknown =
      house.ask("POST", "/v1/session", {}, R"({"login":"nobody","password":"another long one"})");
  CHECK(shut_out.status == 401);
  CHECK(shut_out.body == wrong.body);
  CHECK(wrong.body == unknown.body);
  for (int i = 3; i < static_cast<int>(limits::kFailedSignInsBurst); ++i) {
    REQUIRE(house.ask("POST", "/v1/session", {}, kWrong).status == 401);
  }
  const auto refused = house.ask("POST", "/v1/session", {}, kSignIn);
  CHECK(refused.status == 429);
  CHECK(refused.headers.front() == std::pair<std::string, std::string>("Retry-After", "30"));
  house.peer = "192.0.2.99";
  CHECK(house.ask("POST", "/v1/session", {}, kWrong).status == 401);
}

TEST_CASE("session: from however many addresses, a login is guessed at slowly", "[access]") {
  House house;
  int tries = 0;
  for (; tries < 100; ++tries) {
    house.peer = "198.51.100." + std::to_string(tries);
    if (house.ask("POST", "/v1/session", {}, kWrong).status != 401) break;
  }
  CHECK(tries == static_cast<int>(limits::kFailedLoginsBurst));
}

TEST_CASE("session: ends idle, and at the latest half a day after it began", "[access]") {
  House house;
  const auto browser = house.sign_in("olena", kPassword);
  house.clock.set(house.clock.now() + limits::kSessionIdle - 1s);
  REQUIRE(house.status(browser.reads()) == 200);
  house.clock.set(house.clock.now() + limits::kSessionIdle - 1s);
  REQUIRE(house.status(browser.reads()) == 200);
  house.reopen();  // the last use is on the disk
  house.clock.set(house.clock.now() + limits::kSessionIdle - 1s);
  REQUIRE(house.status(browser.reads()) == 200);
  house.clock.set(house.clock.now() + limits::kSessionIdle);
  CHECK(house.status(browser.reads()) == 401);

  const auto other = house.sign_in("olena", kPassword);
  const Timestamp began = house.clock.now();
  while (house.clock.now() + 20min < began + limits::kSessionLifetime) {
    house.clock.set(house.clock.now() + 20min);
    REQUIRE(house.status(other.reads()) == 200);
  }
  house.clock.set(began + limits::kSessionLifetime);
  CHECK(house.status(other.reads()) == 401);
  house.keeper->keep_marks();
  CHECK(house.store->read([](const Tables& tables) { return tables.sessions.empty(); }));
}

TEST_CASE("session: outlives a restart, and ends with a change of role", "[access]") {
  House house;
  const auto browser = house.sign_in("olena", kPassword);
  house.reopen();
  REQUIRE(house.status(browser.reads()) == 200);
  const auto admin = Gate::bearer(house.key_of("admin"));
  REQUIRE(house.ask("PATCH", "/v1/principals/olena", admin, R"({"role":"auditor"})").status == 200);
  CHECK(house.status(browser.reads()) == 401);
}

TEST_CASE("session: a link signs in once, also after a restart", "[access]") {
  House house;
  const std::string body = R"({"one_time_token":")" + house.link_of("olena") + R"("})";
  house.reopen();
  const auto browser = Gate::browser_of(house.ask("POST", "/v1/session", {}, body));
  CHECK(house.status(browser.reads()) == 200);
  CHECK(house.ask("POST", "/v1/session", {}, body).status == 401);
  const std::string late = R"({"one_time_token":")" + house.link_of("olena") + R"("})";
  house.clock.set(house.clock.now() + limits::kOneTimeLifetime);
  CHECK(house.ask("POST", "/v1/session", {}, late).status == 401);
}

TEST_CASE("session: a second sign-in of one browser ends the first", "[access]") {
  House house;
  const auto first = house.sign_in("olena", kPassword);
  const auto answer = house.ask("POST", "/v1/session", first.reads(), kSignIn);
  CHECK(house.status(first.reads()) == 401);
  CHECK(house.status(Gate::browser_of(answer).reads()) == 200);
}

TEST_CASE("session: one's own password takes the old one, unless a link has just let one in",
          "[access]") {
  House house;
  const auto put = [&](const Gate::Browser& browser, const std::string& body) {
    return house.ask("PUT", "/v1/principals/olena/password", browser.writes(), body);
  };
  const auto browser = house.sign_in("olena", kPassword);
  const auto elsewhere = house.sign_in("olena", kPassword);
  const std::string fresh = R"("password":"the very next one")";
  CHECK(put(browser, "{" + fresh + "}").status == 422);
  CHECK(put(browser, "{" + fresh + R"(,"old_password":"not this one, no"})").status == 422);
  CHECK(put(browser, R"({"password":"short","old_password":"a long enough one"})").status == 422);
  const auto done = put(browser, "{" + fresh + R"(,"old_password":"a long enough one"})");
  REQUIRE(done.status == 200);
  CHECK(house.status(browser.reads()) == 401);
  CHECK(house.status(elsewhere.reads()) == 401);
  CHECK(house.status(Gate::browser_of(done).reads()) == 200);
  CHECK(house.ask("POST", "/v1/session", {}, kSignIn).status == 401);
  REQUIRE(!house.sign_in("olena", "the very next one").cookie.empty());

  const std::string link = R"({"one_time_token":")" + house.link_of("olena") + R"("})";
  const auto forgot = Gate::browser_of(house.ask("POST", "/v1/session", {}, link));
  CHECK(put(forgot, R"({"password":"one more of them"})").status == 200);
  const std::string again = R"({"one_time_token":")" + house.link_of("olena") + R"("})";
  const auto late = Gate::browser_of(house.ask("POST", "/v1/session", {}, again));
  house.clock.set(house.clock.now() + limits::kOneTimeLifetime);
  CHECK(put(late, R"({"password":"yet another of them"})").status == 422);
}

TEST_CASE("session: a first password by a link, and not by a session of another way in",
          "[access]") {
  House house;
  house.add("ivan", Role::kAuditor);
  const auto put = [&](const Gate::Browser& browser) {
    return house.ask("PUT", "/v1/principals/ivan/password", browser.writes(),
                     R"({"password":"the very first one"})");
  };
  // As after the redirect from the house's own issuer.
  const std::string token = new_token();
  house.must([&](const Tables& tables, Change& change) -> Status {
    start_session(tables, change, "ivan", token, house.clock.now(), false);
    return {};
  });
  const auto refused = put({"ledger_session=" + token, csrf_token_of(token)});
  CHECK(refused.status == 403);
  CHECK(refused.body.find("login-link") != std::string::npos);
  const std::string link = R"({"one_time_token":")" + house.link_of("ivan") + R"("})";
  CHECK(put(Gate::browser_of(house.ask("POST", "/v1/session", {}, link))).status == 200);
}

TEST_CASE("session: whoever guesses at who is signed in is slowed down", "[access]") {
  House house;
  const auto good = house.sign_in("olena", kPassword);
  const auto who = [&](const Gate::Headers& headers) {
    return house.ask("GET", "/v1/session", headers).status;
  };
  const auto guess = Gate::bearer("sal_guess");
  for (int i = 0; i < static_cast<int>(limits::kUnknownRequestsBurst); ++i) {
    REQUIRE(who(guess) == 401);
  }
  CHECK(who(guess) == 429);
  CHECK(who({}) == 401);  // who says nothing guesses nothing
  CHECK(who(good.reads()) == 200);
  CHECK(house.ask("POST", "/v1/session", {{"cookie", "ledger_session=old"}}, kSignIn).status ==
        200);
}
