#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "consumers/access/guard.h"
#include "consumers/access/issuer_options.h"
#include "consumers/access/keeper.h"
#include "consumers/access/routes.h"
#include "platform/http/router.h"
#include "platform/metrics.h"

namespace ledger::access {

// All of access control but the policy: the store in `folder`, the guard, the routes, and the
// thread that keeps them. The clock must outlive it.
class Access {
 public:
  struct Parts {
    std::filesystem::path folder;  // DATA/access
    const Clock& clock;
    Record record;
    IssuerOptions issuer = {};
    Permission permission = {};
  };
  // kMisconfigured: the store, or the issuer's options.
  [[nodiscard]] static Result<std::unique_ptr<Access>> start(Parts parts);

  // In an empty store: makes the administrator `admin`, his key in `folder`/admin.key for programs
  // of this machine's owner, and the link of first_login(). Once the server listens: a start that
  // fails, since the port is taken or a setting is wrong, must not use up the one link there is.
  [[nodiscard]] Status begin();

  // What a start with an empty store has for the person at the machine: a token that signs in once.
  [[nodiscard]] const std::optional<std::string>& first_login() const { return first_login_; }

  void add_routes(http::Router& router);  // and the guard; the router must not outlive this
  void add_metrics(Metrics& metrics) const;

  // Whether what a request was let in by still serves: Authentication::serving.
  [[nodiscard]] std::function<std::function<bool()>(const http::Request&)> serving() const;

 private:
  explicit Access(Parts parts) : parts_(std::move(parts)) {}
  [[nodiscard]] Status open_issuer();
  // Without an audience a token for any other program would do: none is taken.
  [[nodiscard]] Issuer* bearer_issuer() const {
    return parts_.issuer.audience.empty() ? nullptr : issuer_.get();
  }

  Parts parts_;
  std::unique_ptr<AccessStore> store_;
  std::unique_ptr<Discovery> discovery_;
  std::unique_ptr<Issuer> issuer_;
  std::unique_ptr<OidcSignIn> oidc_;
  std::unique_ptr<Authentication> authentication_;
  Rates rates_;
  Counters counters_;
  PasswordChecks checks_{limits::kPasswordChecksMax};
  std::string no_ones_hash_;
  std::optional<std::string> first_login_;
  std::unique_ptr<Keeper> keeper_;  // last: its thread uses the above
};

}  // namespace ledger::access
