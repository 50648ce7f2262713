#pragma once

#include <string>

#include "consumers/access/oidc_sign_in.h"
#include "platform/result.h"

namespace ledger::access {

// How people of a house with a sign-in of its own are believed; off where `issuer` is empty. By
// `audience` programs bring its tokens, by `client_id` people sign in there; one of them, or both.
struct IssuerOptions {
  std::string issuer;    // as its tokens spell it
  std::string audience;  // what tokens that are brought have to be for
  std::string jwks;      // its key set: a file, or an https address (http on this machine); empty:
                         // where the issuer says
  std::string claim = "sub";
  std::string name = {};  // as the login page calls it; empty: by its host
  std::string client_id = {};
  std::string client_secret_file = {};  // empty: a public client
  std::string redirect_base = {};       // where browsers reach us: "https://ledger.example"
  std::string scopes = {};              // empty: as the claim needs
};

inline constexpr const char* kCallbackPath = "/v1/session/oidc/callback";

// kMisconfigured with the setting.
[[nodiscard]] Status check(const IssuerOptions& options);

// Whether something is asked of it that only the issuer says.
[[nodiscard]] bool needs_discovery(const IssuerOptions& options);

// Of options that check() has passed, with a client_id. kMisconfigured: the secret's file.
[[nodiscard]] Result<OidcSettings> settings_of(const IssuerOptions& options);

// kUnavailable: the file cannot be read, or is empty.
[[nodiscard]] Result<std::string> read_whole(const std::string& path);

}  // namespace ledger::access
