#include "consumers/access/guard.h"

#include <algorithm>
#include <utility>

#include "consumers/access/policy.h"
#include "consumers/access/tokens.h"
#include "platform/access_limits.h"
#include "platform/hmac.h"

namespace ledger::access {

namespace {

using http::Request;
using http::Response;
using Refusal = std::optional<Response>;

constexpr std::string_view kSession = "/v1/session";

bool is_write(std::string_view method) { return method != "GET" && method != "HEAD"; }

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool same_letters(std::string_view one, std::string_view other) {
  return std::equal(one.begin(), one.end(), other.begin(), other.end(),
                    [](char a, char b) { return lower(a) == lower(b); });
}

// A cookie goes with whatever the browser sends, and so does a certificate: a write by them is
// believed of our own pages alone. Only these know the token that follows from the cookie; of a
// certificate there is none, and programs that have one are no browsers.
Refusal forged_write(const Request& request, const Authentication::Identity& who) {
  const bool by_itself = who.session || who.principal->by == AuthenticatedBy::kCertificate;
  if (by_itself && is_cross_site(request)) {
    return http::forbidden("a page of another site may not write here");
  }
  if (!who.session) return std::nullopt;
  if (equal_secrets(request.header("x-csrf-token"), csrf_token_of(*who.session))) {
    return std::nullopt;
  }
  return http::forbidden(
      "a write by a cookie carries X-CSRF-Token, the csrf_token of GET /v1/session");
}

Refusal too_fast(Counters& counters, std::optional<std::int64_t> seconds) {
  if (!seconds) return std::nullopt;
  ++counters.limited;
  return http::too_many_requests("too many requests; wait as long as Retry-After says", *seconds);
}

Refusal nobody(const GuardParts& parts, const Request& request, const Error* error) {
  if (error != nullptr && error->code == ErrorCode::kUnavailable) return http::problem(*error);
  ++parts.counters.unauthenticated;
  if (auto slow = too_fast(
          parts.counters, parts.rates.unknown.take(rate_key_of(request.peer), parts.clock.now()))) {
    return slow;
  }
  const bool bearer = !request.header("authorization").empty();
  if (error != nullptr) return http::unauthenticated(error->message, bearer);
  return http::unauthenticated("who asks is not said: sign in, or send an API key as a bearer");
}

// The session's own route: it says who is signed in, and lets him out, but asks nobody to be.
Refusal at_session(const GuardParts& parts, Request& request) {
  auto known = parts.authentication.identify(request);
  const bool signed_in = known && *known;
  if (request.method == "DELETE" && signed_in && (*known)->session) {
    if (auto refusal = forged_write(request, **known)) {
      ++parts.counters.forged;
      return refusal;
    }
  } else if (is_write(request.method) && is_cross_site(request)) {
    ++parts.counters.forged;
    return http::forbidden("a page of another site may not sign in here");
  }
  if (signed_in) request.principal = std::move((*known)->principal);
  // Whoever guesses would guess here: what is no good is counted as everywhere.
  if (known && !*known && request.method == "GET") return nobody(parts, request, &known->error());
  return std::nullopt;
}

// What a whole code or a phone number could be. Others' clients are told of by these, so that a
// list of numbers could be asked through.
bool searches_exactly(const Request& request, std::string_view pattern) {
  if (pattern != "/v1/clients") return false;
  const std::string_view wanted = request.parameter("q").value_or("");
  constexpr std::ptrdiff_t kDigitsMin = 6;
  return std::count_if(wanted.begin(), wanted.end(), [](char c) { return c >= '0' && c <= '9'; }) >=
         kDigitsMin;
}

Refusal harvests(const GuardParts& parts, const Request& request, const Principal& who,
                 std::string_view pattern) {
  const bool limited = who.role == Role::kManager || who.role == Role::kHead;
  if (!limited || !searches_exactly(request, pattern)) return std::nullopt;
  return too_fast(parts.counters, parts.rates.searches.take(who.id, parts.clock.now()));
}

Refusal look_at(const GuardParts& parts, Request& request, std::string_view method,
                std::string_view pattern) {
  request.principal = nullptr;
  if (pattern == kSession) return at_session(parts, request);
  if (is_for_anybody(method, pattern)) return std::nullopt;
  auto known = parts.authentication.identify(request);
  if (!known) return nobody(parts, request, nullptr);
  if (!*known) return nobody(parts, request, &known->error());
  auto& identity = **known;
  if (auto slow = too_fast(parts.counters,
                           parts.rates.requests.take(identity.principal->id, parts.clock.now()))) {
    return slow;
  }
  if (is_write(request.method)) {
    if (auto refusal = forged_write(request, identity)) {
      ++parts.counters.forged;
      return refusal;
    }
  }
  if (parts.permission) {
    if (auto refusal = parts.permission(*identity.principal, method, pattern)) return refusal;
  }
  if (auto slow = harvests(parts, request, *identity.principal, pattern)) return slow;
  request.principal = std::move(identity.principal);
  return std::nullopt;
}

}  // namespace

Rates::Rates()
    : requests({limits::kPrincipalRequestsBurst, limits::kPrincipalRequestEvery}),
      unknown({limits::kUnknownRequestsBurst, limits::kUnknownRequestEvery}),
      sign_ins({limits::kFailedSignInsBurst, limits::kFailedSignInEvery}),
      logins({limits::kFailedLoginsBurst, limits::kFailedLoginEvery}),
      starts({limits::kSignInStartsBurst, limits::kSignInStartEvery}),
      searches({limits::kExactSearchesBurst, limits::kExactSearchEvery}) {}

bool is_for_anybody(std::string_view method, std::string_view pattern) {
  const bool api = pattern.starts_with("/v1/") || pattern == "/metrics";
  return api ? policy::is_open(method, pattern) : method == "GET";
}

bool is_cross_site(const Request& request) {
  const std::string_view site = request.header("sec-fetch-site");
  if (!site.empty() && site != "same-origin" && site != "none") return true;
  std::string_view origin = request.header("origin");
  if (origin.empty()) return false;
  const std::size_t scheme = origin.find("://");
  if (scheme == std::string_view::npos) return true;  // "null"
  return !same_letters(origin.substr(scheme + 3), request.header("host"));
}

http::Guard make_guard(GuardParts parts) {
  return [parts = std::move(parts)](Request& request, std::string_view method,
                                    std::string_view pattern) {
    return look_at(parts, request, method, pattern);
  };
}

}  // namespace ledger::access
