// Signing in and out.
#include <fmt/format.h>

#include <utility>

#include "consumers/access/json_body.h"
#include "consumers/access/routes.h"
#include "platform/http/known.h"
#include "platform/logging.h"
#include "platform/password.h"

namespace ledger::access {

namespace {

using http::Request;
using http::Response;
using http::RunOn;

struct SignIn {
  std::optional<std::string> login;
  std::optional<std::string> password;
  std::optional<std::string> one_time_token;

  static void fields(auto&& field) {
    field("login", &SignIn::login);
    field("password", &SignIn::password);
    field("one_time_token", &SignIn::one_time_token);
  }
};

Result<SignIn> sign_in_of(const Request& request) {
  LEDGER_TRY(auto said, body_of<SignIn>(request));
  if (said.one_time_token) {
    if (!said.login && !said.password) return said;
    return fail(ErrorCode::kInvalidField, "stands alone, without login and password",
                "one_time_token");
  }
  if (!said.login) return fail(ErrorCode::kMissingField, "is to be said", "login");
  if (!said.password) return fail(ErrorCode::kMissingField, "is to be said", "password");
  // A phone begins a login with a capital letter, and ends it with a space.
  while (said.login->ends_with(' ')) said.login->pop_back();
  for (char& c : *said.login) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return said;
}

// By what a login is counted: what is longer than any is, is nobody's anyway.
std::string_view rate_key(const std::string& login) {
  return std::string_view(login).substr(0, 64);
}

std::optional<Response> too_many_failures(const RouteParts& parts, const Request& request,
                                          const SignIn& said) {
  const Timestamp now = parts.clock.now();
  auto seconds = parts.rates.sign_ins.wait(rate_key_of(request.peer), now);
  if (!seconds && said.login) seconds = parts.rates.logins.wait(rate_key(*said.login), now);
  if (!seconds) return std::nullopt;
  ++parts.counters.limited;
  return http::too_many_requests("too many sign-ins that failed; wait as long as Retry-After says",
                                 *seconds);
}

// What was typed is in no log: a password is often typed where the login belongs.
Response failed(const RouteParts& parts, const Request& request, const SignIn& said) {
  const Timestamp now = parts.clock.now();
  std::ignore = parts.rates.sign_ins.take(rate_key_of(request.peer), now);
  if (said.login) std::ignore = parts.rates.logins.take(rate_key(*said.login), now);
  ++parts.counters.sign_ins_failed;
  const bool known = said.login && parts.store.read([&](const Tables& tables) {
    return find(tables.principals, *said.login) != nullptr;
  });
  log::warning("a sign-in failed", {{"peer", request.peer},
                                    {"login", known ? *said.login : "of nobody"},
                                    {"by", said.one_time_token ? "link" : "password"}});
  return http::unauthenticated(said.one_time_token
                                   ? "the link was used, is outdated, or never was one"
                                   : "the login or the password is wrong");
}

struct Account {
  std::string principal;
  std::string hash;
};

// Whose password it is; nullopt: nobody's. Takes as long for a login that nobody has.
std::optional<Account> account_of(const RouteParts& parts, const SignIn& said) {
  auto account = parts.store.read([&](const Tables& tables) -> std::optional<Account> {
    const auto* row = find(tables.accounts, *said.login);
    const auto* holder = find(tables.principals, *said.login);
    if (row == nullptr || holder == nullptr || !holder->active) return std::nullopt;
    return Account{*said.login, row->hash};
  });
  const bool good = is_password(account ? account->hash : parts.no_ones_hash, *said.password);
  if (!good) return std::nullopt;
  return account;
}

// Of a person whose account stands as it was looked at, or by a link; a session of the same browser
// ends.
Result<std::string> begin_session(const RouteParts& parts, const SignIn& said,
                                  const std::optional<Account>& account,
                                  const std::optional<std::string>& former,
                                  const std::string& token) {
  std::string principal;
  const Timestamp now = parts.clock.now();
  LEDGER_CHECK(parts.store.edit([&](const Tables& tables, Change& change) -> Status {
    if (said.one_time_token) {
      LEDGER_TRY(principal, use_one_time(tables, change, *said.one_time_token, now));
    } else {
      const auto* row = find(tables.accounts, account->principal);
      const auto* holder = find(tables.principals, account->principal);
      if (row == nullptr || row->hash != account->hash || holder == nullptr || !holder->active) {
        return fail(ErrorCode::kNotFound, "the account has changed meanwhile");
      }
      principal = account->principal;
    }
    start_session(tables, change, principal, token, now, said.one_time_token.has_value());
    if (former) change.sessions[digest_of(*former)] = std::nullopt;
    return {};
  }));
  return principal;
}

Response sign_in(const RouteParts& parts, const Request& request) {
  const auto said = sign_in_of(request);
  if (!said) return http::problem(said.error());
  if (auto refusal = too_many_failures(parts, request, *said)) return *std::move(refusal);
  std::optional<Account> account;
  if (!said->one_time_token) {
    const auto check = PasswordCheck::begin(parts.checks);
    if (!check) return busy_with_passwords();
    account = account_of(parts, *said);
    if (!account) return failed(parts, request, *said);
  }
  const std::string token = new_token();
  const auto principal = begin_session(parts, *said, account, cookie_of(request), token);
  if (!principal && principal.error().code == ErrorCode::kNotFound) {
    return failed(parts, request, *said);
  }
  if (!principal) return http::problem(principal.error());
  ++parts.counters.sign_ins;
  log::info("signed in", {{"peer", request.peer}, {"principal", *principal}});
  const auto signed_in = parts.store.read([&](const Tables& tables) {
    const auto* row = find(tables.principals, *principal);
    return row == nullptr ? Principal{} : principal_of(*row, AuthenticatedBy::kSession);
  });
  auto answer = session_answer(parts, signed_in, token);
  set_cookie(answer, request, token);
  return answer;
}

Response sign_out(const RouteParts& parts, const Request& request) {
  if (const auto token = cookie_of(request)) {
    const auto ended = parts.store.edit([&](const Tables& tables, Change& change) -> Status {
      const std::string digest = digest_of(*token);
      if (find(tables.sessions, digest) != nullptr) change.sessions[digest] = std::nullopt;
      return {};
    });
    if (!ended) return http::problem(ended.error());
  }
  Response answer{204, "application/json", ""};
  set_cookie(answer, request, "");
  return answer;
}

Response who(const RouteParts& parts, const Request& request) {
  if (!request.principal) return http::unauthenticated("nobody is signed in");
  const bool session = request.principal->by == AuthenticatedBy::kSession;
  return session_answer(parts, *request.principal,
                        session ? cookie_of(request) : std::optional<std::string>());
}

}  // namespace

void set_cookie(Response& response, const Request& request, std::string_view token) {
  using std::chrono::seconds;
  const auto age = token.empty() ? seconds(0) : seconds(limits::kSessionLifetime);
  response.headers.emplace_back(
      "Set-Cookie", fmt::format("{}={}; Path=/; HttpOnly; SameSite=Strict; Max-Age={}{}",
                                cookie_name(request.secure), token, age.count(),
                                request.secure ? "; Secure" : ""));
}

Response session_answer(const RouteParts& parts, const Principal& principal,
                        const std::optional<std::string>& token) {
  JsonWriter json;
  json.begin_object();
  json.member("access", "on");
  json.member("principal", principal.id);
  json.member("name", principal.name);
  json.member("role", name_of(principal.role));
  if (principal.manager_id) json.member("manager_id", principal.manager_id->text());
  json.key("departments").begin_array();
  for (const auto& department : principal.departments) json.value(department);
  json.end_array();
  json.member("authenticated_by", name_of(principal.by));
  json.member("has_password", parts.store.read([&](const Tables& tables) {
    return find(tables.accounts, principal.id) != nullptr;
  }));
  json.member("csrf_token", token ? csrf_token_of(*token) : "");
  if (const auto end = token ? parts.authentication.session_end(*token) : std::nullopt) {
    json.member("expires_at", format_timestamp(std::chrono::floor<std::chrono::seconds>(*end)));
  }
  json.end_object();
  Response answer{200, "application/json", json.take()};
  return answer;
}

Response busy_with_passwords() {
  return http::too_many_requests("others are signing in at the moment; try again", 1);
}

void add_session_routes(http::Router& router, const RouteParts& parts) {
  const auto add = [&](const char* method, RunOn where,
                       Response (*handler)(const RouteParts&, const Request&)) {
    router.add(method, "/v1/session", where, [parts, handler](const Request& request) {
      // No token and no password belongs into an address.
      if (const auto known = http::check_known(request, {}); !known) {
        return http::problem(known.error());
      }
      return handler(parts, request);
    });
  };
  add("GET", RunOn::kInline, &who);
  add("POST", RunOn::kWorker, &sign_in);
  add("DELETE", RunOn::kWorker, &sign_out);
}

void add_open_session_routes(http::Router& router) {
  const auto add = [&](const char* method, const Response& answer) {
    router.add(method, "/v1/session", RunOn::kInline, [answer](const Request& request) {
      const auto known = http::check_known(request, {});
      return known ? answer : http::problem(known.error());
    });
  };
  const Response open{200, "application/json",
                      R"({"access":"off","principal":"dashboard","role":"admin","csrf_token":""})"};
  add("GET", open);
  add("POST", open);
  add("DELETE", {204, "application/json", ""});
  add_closed_oidc_routes(router);
}

}  // namespace ledger::access
