#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

#include "consumers/access/authentication.h"
#include "consumers/access/rate_limiter.h"
#include "platform/http/router.h"

namespace ledger::access {

// What a principal may on a route, by its method and pattern: nullopt, or the refusal.
using Permission = std::function<std::optional<http::Response>(
    const Principal& principal, std::string_view method, std::string_view pattern)>;

// The rates of platform/access_limits.h.
struct Rates {
  Rates();
  RateLimiter requests;  // by principal
  RateLimiter unknown;   // by address, of requests without good credentials
  RateLimiter sign_ins;  // by address, of failed sign-ins
  RateLimiter logins;    // by login, of failed sign-ins
  RateLimiter starts;    // by address, of sign-ins at an issuer
  RateLimiter searches;  // by manager or head, of clients by a whole code or phone number
};

struct Counters {
  std::atomic<std::uint64_t> unauthenticated = 0;
  std::atomic<std::uint64_t> forged = 0;  // writes that a page of ours did not send
  std::atomic<std::uint64_t> limited = 0;
  std::atomic<std::uint64_t> sign_ins = 0;
  std::atomic<std::uint64_t> sign_ins_failed = 0;
};

// Routes that ask nobody: whether we live, the session itself, webhooks (which have secrets of
// their own), and files of the dashboard, which hold nothing about anybody.
[[nodiscard]] bool is_for_anybody(std::string_view method, std::string_view pattern);

// Whether a browser says that a page of another site sends this (Sec-Fetch-Site, Origin). Programs
// say neither.
[[nodiscard]] bool is_cross_site(const http::Request& request);

// Names who asks in the request, or answers instead: 401 where nobody known does, 403 where a page
// that is not ours writes by a cookie, 429 over a rate, and what `permission` refuses.
struct GuardParts {
  Authentication& authentication;
  Rates& rates;
  Counters& counters;
  const Clock& clock;
  Permission permission = {};  // without it whoever is known may everything
};
[[nodiscard]] http::Guard make_guard(GuardParts parts);

}  // namespace ledger::access
