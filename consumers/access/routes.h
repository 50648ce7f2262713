#pragma once

#include <functional>
#include <optional>
#include <semaphore>
#include <string>
#include <string_view>
#include <utility>

#include "consumers/access/changes.h"
#include "consumers/access/guard.h"
#include "consumers/access/keeper.h"
#include "consumers/access/oidc_sign_in.h"
#include "platform/access_limits.h"
#include "platform/http/router.h"
#include "platform/json_writer.h"

// The routes about who asks. Private to this folder, but for tests.
namespace ledger::access {

// Says no to what would cost a core for longer than its answer is worth.
using PasswordChecks = std::counting_semaphore<limits::kPasswordChecksMax>;

struct RouteParts {
  AccessStore& store;
  Authentication& authentication;
  Rates& rates;
  Counters& counters;
  const Clock& clock;
  Keeper& keeper;
  PasswordChecks& checks;
  std::string no_ones_hash;    // of a password that nobody has: an unknown login takes as long
  OidcSignIn* oidc = nullptr;  // null: people do not sign in at an issuer
};

// GET, POST, DELETE /v1/session. The parts must outlive the router.
void add_session_routes(http::Router& router, const RouteParts& parts);
// GET /v1/session/oidc, and /start and /callback below it: 404 where people do not sign in so.
void add_oidc_routes(http::Router& router, const RouteParts& parts);
void add_closed_oidc_routes(http::Router& router);
// With --access off: whoever asks is the administrator of a house of one.
void add_open_session_routes(http::Router& router);
// /v1/principals and below: for administrators, and a person's own password.
void add_principal_routes(http::Router& router, const RouteParts& parts);
void add_credential_routes(http::Router& router, const RouteParts& parts);

// The answer about a session, and its cookie: `token` is new, or that of the request.
[[nodiscard]] http::Response session_answer(const RouteParts& parts, const Principal& principal,
                                            const std::optional<std::string>& token);
void set_cookie(http::Response& response, const http::Request& request, std::string_view token);

// Waits for a place among the checks of passwords; nullopt: there is none now.
class PasswordCheck {
 public:
  [[nodiscard]] static std::optional<PasswordCheck> begin(PasswordChecks& checks) {
    if (!checks.try_acquire()) return std::nullopt;
    return PasswordCheck(checks);
  }
  PasswordCheck(PasswordCheck&& other) noexcept : checks_(std::exchange(other.checks_, nullptr)) {}
  ~PasswordCheck() {
    if (checks_ != nullptr) checks_->release();
  }

 private:
  explicit PasswordCheck(PasswordChecks& checks) : checks_(&checks) {}
  PasswordChecks* checks_;
};
[[nodiscard]] http::Response busy_with_passwords();

// Hands the request to `handler` if an administrator asks.
using AdminHandler =
    std::function<Result<http::Response>(const http::Request& request, const Actor& actor)>;
void add_for_admins(http::Router& router, const RouteParts& parts, const char* method,
                    std::string_view pattern, AdminHandler handler);

}  // namespace ledger::access
