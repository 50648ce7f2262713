// Signing in at the house's own issuer: a browser goes there and comes back.
#include <fmt/format.h>

#include <utility>

#include "consumers/access/issuer_options.h"
#include "consumers/access/routes.h"
#include "platform/http/form.h"
#include "platform/logging.h"
#include "platform/utf8.h"

namespace ledger::access {

namespace {

using http::Request;
using http::Response;
using http::RunOn;

constexpr std::size_t kCookieMarkLetters = 8;
constexpr std::size_t kSubjectLoggedMax = 128;

// Each sign-in has a cookie of its own, so that two pages of one browser do not end each other's.
// Its name is no part of the state.
std::string flow_cookie(const Request& request, std::string_view state) {
  return fmt::format("{}ledger_oidc_{}", request.secure ? "__Secure-" : "",
                     digest_of(state).substr(0, kCookieMarkLetters));
}

// Lax: it comes along when the issuer's page sends the browser here. Empty: it goes.
void set_flow_cookie(Response& response, const Request& request, std::string_view state,
                     std::string_view browser) {
  using std::chrono::seconds;
  const auto age = browser.empty() ? seconds(0) : seconds(limits::kSignInLifetime);
  response.headers.emplace_back(
      "Set-Cookie", fmt::format("{}={}; Path={}; HttpOnly; SameSite=Lax; Max-Age={}{}",
                                flow_cookie(request, state), browser, kCallbackPath, age.count(),
                                request.secure ? "; Secure" : ""));
}

Response see_other(std::string location) {
  Response answer{303, "text/plain; charset=utf-8", ""};
  answer.headers.emplace_back("Location", std::move(location));
  return answer;
}

// The word alone: what the issuer said is nobody's to read.
Response back_to_login(std::optional<SignInFault> fault, std::string_view return_to) {
  std::string place = "/#/login";
  char mark = '?';
  const auto add = [&](std::string_view name, std::string_view value) {
    place += fmt::format("{}{}={}", std::exchange(mark, '&'), name, http::url_encode(value));
  };
  if (fault) add("error", name_of(*fault));
  if (!return_to.empty()) add("return_to", return_to);
  return see_other(std::move(place));
}

Response failed(const RouteParts& parts, const Request& request, const Refused& why,
                std::string_view return_to) {
  const bool limited = why.fault == SignInFault::kTooMany;
  ++(limited ? parts.counters.limited : parts.counters.sign_ins_failed);
  // What the issuer lacks, or a person there decides, is no guess at anything of ours.
  const bool guess = why.fault == SignInFault::kOutdated || why.fault == SignInFault::kUnknown ||
                     why.fault == SignInFault::kFailed;
  if (guess) {
    std::ignore = parts.rates.sign_ins.take(rate_key_of(request.peer), parts.clock.now());
  }
  log::warning("a sign-in failed",
               {{"peer", request.peer}, {"by", "issuer"}, {"reason", why.reason}});
  return back_to_login(why.fault, return_to);
}

Response start(const RouteParts& parts, const Request& request) {
  for (const auto& [name, value] : request.query) {
    if (name != "return_to") {
      return http::problem({ErrorCode::kUnknownField, "this does not know it", name});
    }
  }
  const std::string return_to(request.parameter("return_to").value_or(""));
  if (!return_to.empty() && !is_place(return_to)) {
    return http::problem(
        {ErrorCode::kInvalidField, "is a place of the dashboard, such as #/quotas", "return_to"});
  }
  // A page of another site only makes people sign in whom nobody asked: the button is here.
  if (is_cross_site(request)) return back_to_login(std::nullopt, return_to);
  if (parts.rates.starts.take(rate_key_of(request.peer), parts.clock.now())) {
    return failed(parts, request, {SignInFault::kTooMany, "too many sign-ins begin"}, return_to);
  }
  std::optional<std::string> former;
  if (const auto token = cookie_of(request)) former = digest_of(*token);
  auto begun = parts.oidc->begin(return_to, std::move(former));
  if (!begun) {
    return failed(parts, request, {SignInFault::kAway, "the issuer has not been reached yet"},
                  return_to);
  }
  Response answer = see_other(std::move(begun->location));
  set_flow_cookie(answer, request, begun->state, begun->browser);
  return answer;
}

// A session of the person whom the issuer names; those that this browser had end.
tl::expected<std::string, Refused> begin_session(const RouteParts& parts, const Request& request,
                                                 const std::string& subject, const Flow& flow,
                                                 const std::string& token) {
  std::string principal;
  const auto begun = parts.store.edit([&](const Tables& tables, Change& change) -> Status {
    const auto* row = principal_of_subject(tables, subject);
    if (row == nullptr) return fail(ErrorCode::kNotFound, "nobody here");
    principal = row->id;
    start_session(tables, change, principal, token, parts.clock.now(), false);
    if (flow.former) change.sessions[*flow.former] = std::nullopt;
    if (const auto sent = cookie_of(request)) change.sessions[digest_of(*sent)] = std::nullopt;
    return {};
  });
  if (begun) return principal;
  if (begun.error().code != ErrorCode::kNotFound) {
    return tl::unexpected(Refused{SignInFault::kAway, begun.error().message});
  }
  return tl::unexpected(Refused{
      SignInFault::kUnknown,
      fmt::format("whom the issuer names is nobody here, or was shut out: '{}'; an administrator "
                  "adds people",
                  excerpt(subject, kSubjectLoggedMax))});
}

// Signed in by the flow that this browser began, or why not.
tl::expected<Response, Refused> finish(const RouteParts& parts, const Request& request,
                                       const Flow& flow) {
  const auto subject = parts.oidc->subject(
      {request.parameter("code"), request.parameter("error"), request.parameter("iss")}, flow);
  if (!subject) return tl::unexpected(subject.error());
  const std::string token = new_token();
  const auto principal = begin_session(parts, request, *subject, flow, token);
  if (!principal) return tl::unexpected(principal.error());
  ++parts.counters.sign_ins;
  log::info("signed in", {{"peer", request.peer}, {"principal", *principal}, {"by", "issuer"}});
  // The cookie is Strict and the browser comes from another site: it does not go along with this
  // redirect, but with all that the page asks then.
  Response answer = see_other("/" + flow.return_to);
  set_cookie(answer, request, token);
  return answer;
}

Response callback(const RouteParts& parts, const Request& request) {
  const Timestamp now = parts.clock.now();
  if (parts.rates.sign_ins.wait(rate_key_of(request.peer), now)) {
    return failed(parts, request, {SignInFault::kTooMany, "too many sign-ins failed"}, "");
  }
  const std::string_view state = request.parameter("state").value_or("");
  const auto browser = cookie_named(request, flow_cookie(request, state));
  std::optional<Flow> flow;
  if (browser && !state.empty()) flow = parts.oidc->take(state, *browser);
  if (!flow) {
    return failed(
        parts, request,
        {SignInFault::kOutdated, "this browser has not begun it, or it is over, or took too long"},
        "");
  }
  auto done = finish(parts, request, *flow);
  Response answer = done ? *std::move(done) : failed(parts, request, done.error(), flow->return_to);
  set_flow_cookie(answer, request, state, "");
  return answer;
}

Response offer(const RouteParts& parts, const Request&) {
  JsonWriter json;
  json.begin_object();
  json.member("offered", true);
  json.member("name", parts.oidc->name());
  json.end_object();
  return {200, "application/json", json.take()};
}

}  // namespace

void add_oidc_routes(http::Router& router, const RouteParts& parts) {
  if (parts.oidc == nullptr) return add_closed_oidc_routes(router);
  const auto add = [&](const char* pattern, RunOn where,
                       Response (*handler)(const RouteParts&, const Request&)) {
    router.add("GET", pattern, where,
               [parts, handler](const Request& request) { return handler(parts, request); });
  };
  add("/v1/session/oidc", RunOn::kInline, &offer);
  add("/v1/session/oidc/start", RunOn::kInline, &start);
  add(kCallbackPath, RunOn::kWorker, &callback);
}

void add_closed_oidc_routes(http::Router& router) {
  router.add("GET", "/v1/session/oidc", RunOn::kInline, [](const Request&) {
    return Response{200, "application/json", R"({"offered":false})"};
  });
  const auto closed = [](const Request&) {
    return http::problem({ErrorCode::kNotFound, "people do not sign in at an issuer here"});
  };
  router.add("GET", "/v1/session/oidc/start", RunOn::kInline, closed);
  router.add("GET", kCallbackPath, RunOn::kInline, closed);
}

}  // namespace ledger::access
