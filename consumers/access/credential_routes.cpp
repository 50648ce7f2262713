// Keys, links and passwords.
#include <fmt/format.h>

#include <tuple>
#include <utility>

#include "consumers/access/json_body.h"
#include "consumers/access/lifetimes.h"
#include "consumers/access/routes.h"
#include "platform/logging.h"
#include "platform/password.h"

namespace ledger::access {

namespace {

using http::Request;
using http::Response;

struct NewKey {
  std::optional<Timestamp> expires_at;
  std::optional<std::string> replaces;
  std::optional<std::int64_t> overlap_hours;

  static void fields(auto&& field) {
    field("expires_at", &NewKey::expires_at);
    field("replaces", &NewKey::replaces);
    field("overlap_hours", &NewKey::overlap_hours);
  }
};

struct NewPassword {
  std::string password;
  std::optional<std::string> old_password;

  static void fields(auto&& field) {
    field("password", &NewPassword::password);
    field("old_password", &NewPassword::old_password);
  }
};

Result<KeyOrder> order_of(const Request& request, Timestamp now) {
  LEDGER_TRY(const auto said, body_of<NewKey>(request));
  KeyOrder order{request.captures.front(), said.expires_at, said.replaces, std::nullopt};
  if (!said.overlap_hours) return order;
  if (!said.replaces) {
    return fail(ErrorCode::kInvalidField, "is for a key that is replaced", "overlap_hours");
  }
  constexpr auto kMost = std::chrono::hours(limits::kKeyOverlapMax).count();
  if (*said.overlap_hours < 0 || *said.overlap_hours > kMost) {
    return fail(ErrorCode::kOutOfRange, fmt::format("is 0 to {}", kMost), "overlap_hours");
  }
  order.replaced_until = now + std::chrono::hours(*said.overlap_hours);
  return order;
}

// The only time that the key is seen.
Result<Response> create_key(const RouteParts& parts, const Request& request, const Actor& actor) {
  LEDGER_TRY(const auto order, order_of(request, actor.now));
  const ApiKey key = new_api_key();
  LEDGER_CHECK(parts.store.edit([&](const Tables& tables, Change& change) {
    return add_key(tables, change, actor, order, key);
  }));
  JsonWriter json;
  json.begin_object();
  json.member("id", key.id);
  json.member("key", key.text());
  if (order.expires) json.member("expires_at", format_timestamp(*order.expires));
  if (order.replaces) {
    json.member("replaces", *order.replaces);
    json.member("replaced_until", format_timestamp(order.replaced_until.value_or(actor.now)));
  }
  json.end_object();
  return Response{201, "application/json", json.take()};
}

Result<Response> drop_key(const RouteParts& parts, const Request& request, const Actor& actor) {
  LEDGER_CHECK(parts.store.edit([&](const Tables& tables, Change& change) {
    return revoke_key(tables, change, actor, request.captures[0], request.captures[1]);
  }));
  return Response{204, "application/json", ""};
}

// In the fragment: it stays in the browser, and out of the logs of servers and proxies.
Result<Response> create_link(const RouteParts& parts, const Request& request, const Actor& actor) {
  const std::string token = new_token();
  LEDGER_CHECK(parts.store.edit([&](const Tables& tables, Change& change) {
    return add_one_time(tables, change, actor, request.captures.front(), token);
  }));
  JsonWriter json;
  json.begin_object();
  json.member("token", token);
  json.member("link", "/#/login?token=" + token);
  json.member("expires_at", format_timestamp(std::chrono::floor<std::chrono::seconds>(
                                actor.now + limits::kOneTimeLifetime)));
  json.end_object();
  return Response{201, "application/json", json.take()};
}

void wrong_old_password(const RouteParts& parts, const Request& request) {
  std::ignore = parts.rates.logins.take(request.principal->id, parts.clock.now());
  log::warning("a password was not changed: the old one is wrong",
               {{"peer", request.peer}, {"principal", request.principal->id}});
}

// Whether somebody may set his own password by what he gave: the old one, unless he came by a link
// a moment ago. A first one by nothing else: a key or a token that leaked would outlive itself.
std::optional<Response> own_refused(const RouteParts& parts, const Request& request,
                                    const NewPassword& said) {
  bool forgot = false;
  const auto hash = parts.store.read([&](const Tables& tables) -> std::optional<std::string> {
    const auto* account = find(tables.accounts, request.principal->id);
    const auto token =
        request.principal->by == AuthenticatedBy::kSession ? cookie_of(request) : std::nullopt;
    const auto* session = token ? find(tables.sessions, digest_of(*token)) : nullptr;
    forgot = session != nullptr && may_forget_password(*session, parts.clock.now());
    if (account == nullptr) return std::nullopt;
    return account->hash;
  });
  if (forgot) return std::nullopt;
  if (!hash) {
    return http::forbidden(
        "a first password is set by a link a moment old, or by an administrator "
        "(ledgerctl people login-link, people password)");
  }
  if (!said.old_password) {
    return http::problem(
        {ErrorCode::kMissingField, "the password until now is to be said", "old_password"});
  }
  if (is_password(*hash, *said.old_password)) return std::nullopt;
  wrong_old_password(parts, request);
  return http::problem({ErrorCode::kInvalidField, "is not the password until now", "old_password"});
}

// One's own signs out all other browsers; this one goes on under a new cookie.
Result<Response> put_password(const RouteParts& parts, const Request& request,
                              const NewPassword& said, bool own) {
  const std::string& id = request.captures.front();
  const Actor actor{request.principal->id, parts.clock.now()};
  LEDGER_CHECK(check_password(id, said.password));
  LEDGER_TRY(const auto hash, hash_password(said.password));
  const bool goes_on = own && request.principal->by == AuthenticatedBy::kSession;
  const std::string token = new_token();
  const auto set = [&](const Tables& tables, Change& change) -> Status {
    LEDGER_CHECK(set_password(tables, change, actor, id, hash));
    if (goes_on) start_session(tables, change, id, token, actor.now, false);
    return {};
  };
  LEDGER_CHECK(parts.store.edit(set));
  parts.keeper.wake();
  if (!goes_on) return Response{204, "application/json", ""};
  auto answer = session_answer(parts, *request.principal, token);
  set_cookie(answer, request, token);
  return answer;
}

Response password(const RouteParts& parts, const Request& request) {
  if (!request.principal) return http::unauthenticated("nobody is signed in");
  const bool own = request.principal->id == request.captures.front();
  if (!own && request.principal->role != Role::kAdmin) {
    return http::forbidden("one's own password, or an administrator's business");
  }
  const auto said = body_of<NewPassword>(request);
  if (!said) return http::problem(said.error());
  // An administrator's program could make itself anybody's key: it need not know his password.
  const bool proven = !own || (request.principal->role == Role::kAdmin &&
                               request.principal->by == AuthenticatedBy::kApiKey);
  const std::string& who = request.captures.front();
  // Whoever sits down at an open browser could try on here.
  const auto seconds = proven ? std::nullopt : parts.rates.logins.wait(who, parts.clock.now());
  if (seconds) return http::too_many_requests("too many wrong passwords", *seconds);
  const auto check = PasswordCheck::begin(parts.checks);
  if (!check) return busy_with_passwords();
  if (!proven) {
    if (auto refused = own_refused(parts, request, *said)) return *std::move(refused);
  }
  auto answer = put_password(parts, request, *said, own);
  return answer ? *std::move(answer) : http::problem(answer.error());
}

}  // namespace

void add_credential_routes(http::Router& router, const RouteParts& parts) {
  const auto add =
      [&](const char* method, std::string_view pattern,
          Result<Response> (*handler)(const RouteParts&, const Request&, const Actor&)) {
        add_for_admins(router, parts, method, pattern,
                       [parts, handler](const Request& request, const Actor& actor) {
                         return handler(parts, request, actor);
                       });
      };
  add("POST", "/v1/principals/{id}/keys", &create_key);
  add("DELETE", "/v1/principals/{id}/keys/{key}", &drop_key);
  add("POST", "/v1/principals/{id}/one-time", &create_link);
  router.add("PUT", "/v1/principals/{id}/password", http::RunOn::kWorker,
             [parts](const Request& request) { return password(parts, request); });
}

}  // namespace ledger::access
