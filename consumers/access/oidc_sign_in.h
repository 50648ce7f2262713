#pragma once

#include <functional>
#include <optional>
#include <semaphore>
#include <string>
#include <string_view>

#include "consumers/access/authentication.h"
#include "consumers/access/oidc_discovery.h"
#include "consumers/access/oidc_flows.h"
#include "platform/access_limits.h"
#include "platform/http/fetch.h"
#include "platform/result.h"

// Signing people in at the house's own issuer: OpenID Connect Core 1.0 section 3.1 (authorization
// code) with RFC 7636 (PKCE, S256), RFC 9207 and what RFC 9700 asks of a client.
namespace ledger::access {

struct OidcSettings {
  std::string name;  // as the login page calls the issuer
  std::string client_id;
  std::string client_secret;  // empty: a public client, whose code is bound by PKCE alone
  std::string redirect_uri;
  std::string scopes;
};

// RFC 7636 4.2, S256.
[[nodiscard]] std::string code_challenge(std::string_view verifier);

// Whether it is a place of the dashboard and nothing else: "#/…" of visible ASCII, not the login
// page. It is only ever put behind "/".
[[nodiscard]] bool is_place(std::string_view return_to);

// Why somebody comes back without being signed in: the word that the login page is told.
enum class SignInFault { kDenied, kOutdated, kUnknown, kAway, kTooMany, kFailed };
constexpr auto names(SignInFault) {
  return words("denied", "outdated", "unknown", "away", "too_many", "failed");
}
struct Refused {
  SignInFault fault;
  std::string reason;  // ours, for our log: never the issuer's text
};

class OidcSignIn {
 public:
  using Post = std::function<Result<http::Posted>(const std::string& url, const std::string& form,
                                                  const std::string& authorization)>;
  // `issuer` has a discovery, and outlives this.
  struct Parts {
    OidcSettings settings;
    Issuer& issuer;
    const Clock& clock;
    Post post;  // to the token endpoint; may wait
  };
  explicit OidcSignIn(Parts parts) : parts_(std::move(parts)) {}

  [[nodiscard]] const std::string& name() const { return parts_.settings.name; }

  struct Begun {
    std::string location;  // of the issuer, for the browser
    std::string state;
    std::string browser;  // for its cookie
  };
  // nullopt: the issuer has not been reached yet.
  [[nodiscard]] std::optional<Begun> begin(std::string return_to,
                                           std::optional<std::string> former);

  // What the browser brings back: once, and only this browser.
  [[nodiscard]] std::optional<Flow> take(std::string_view state, std::string_view browser);

  // Who it is by the issuer's answer to that. Waits for the issuer.
  struct Answer {
    std::optional<std::string_view> code;
    std::optional<std::string_view> error;
    std::optional<std::string_view> issuer;
  };
  [[nodiscard]] tl::expected<std::string, Refused> subject(const Answer& answer, const Flow& flow);

  [[nodiscard]] const Flows& flows() const { return flows_; }

 private:
  [[nodiscard]] tl::expected<std::string, Refused> exchange(const Endpoints& endpoints,
                                                            std::string_view code,
                                                            const Flow& flow);
  [[nodiscard]] Result<std::string> subject_of_token(const std::string& id_token, const Flow& flow);

  Parts parts_;
  Flows flows_;
  std::counting_semaphore<limits::kCodeExchangesMax> exchanges_{limits::kCodeExchangesMax};
};

}  // namespace ledger::access
