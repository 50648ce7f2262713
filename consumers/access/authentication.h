#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "consumers/access/access_store.h"
#include "consumers/access/jwt.h"
#include "consumers/access/key_set.h"
#include "consumers/access/oidc_discovery.h"
#include "platform/http/message.h"

namespace ledger::access {

// The house's own sign-in, whose tokens are believed.
struct Issuer {
  TokenRules rules;
  IssuerKeys keys;
  Discovery* discovery = nullptr;  // null: nothing of what it says of itself is needed
};

// Who has that certificate: `peer_certificate` is its subject and its names, a line each, and the
// principal's is one of these, letter by letter. nullptr: nobody.
[[nodiscard]] const PrincipalRow* principal_of_certificate(const Tables& tables,
                                                           std::string_view peer_certificate);
// Whose tokens say so: who has it as his subject, else who has none and it as his id.
[[nodiscard]] const PrincipalRow* principal_of_subject(const Tables& tables,
                                                       std::string_view subject);
[[nodiscard]] Principal principal_of(const PrincipalRow& row, AuthenticatedBy by);

// The cookie of a session: under TLS by a name that browsers let no other host and no plain page
// set (RFC 6265bis 4.1.3).
[[nodiscard]] std::string_view cookie_name(bool secure);
// The session's. nullopt: none of that name, or two that differ.
[[nodiscard]] std::optional<std::string> cookie_of(const http::Request& request);
[[nodiscard]] std::optional<std::string> cookie_named(const http::Request& request,
                                                      std::string_view wanted);

// Says who asks, by what the request carries: a bearer token (API key or JWT), else the verified
// certificate of its connection, else the cookie of a session. From memory; thread-safe.
class Authentication {
 public:
  // `issuer`: null where no tokens are taken.
  Authentication(const AccessStore& store, const Clock& clock, Issuer* issuer)
      : store_(store), clock_(clock), issuer_(issuer) {}

  struct Identity {
    std::shared_ptr<const Principal> principal;
    std::optional<std::string> session;  // its token, where a cookie said who
  };
  // nullopt: the request carries nothing that says who. kUnavailable: the issuer's keys are on
  // their way. Any other error: it carries what is not, or no longer, good.
  [[nodiscard]] std::optional<Result<Identity>> identify(const http::Request& request);

  // When the session ends unless it is used again; nullopt: it serves no more.
  [[nodiscard]] std::optional<Timestamp> session_end(std::string_view token) const;

  // What says, as often as it is asked and from any thread, whether what `request` was let in by
  // still proves that it is the same principal with the same rights. Asking does not use a session.
  // It must not outlive this; for a request without a principal it says yes.
  [[nodiscard]] std::function<bool()> serving(const http::Request& request) const;

  // When keys and sessions were used since the last call, for the disk.
  struct Marks {
    std::map<std::string, Timestamp> keys;
    std::map<std::string, Timestamp> sessions;
  };
  [[nodiscard]] Marks marks() const;
  void forget(const Marks& written);

 private:
  [[nodiscard]] Result<Identity> by_bearer(std::string_view token);
  [[nodiscard]] Result<Identity> by_key(std::string_view token);
  [[nodiscard]] Result<Identity> by_jwt(std::string_view token);
  [[nodiscard]] std::optional<Identity> by_certificate(const http::Request& request) const;
  [[nodiscard]] Result<Identity> by_session(const std::string& token);
  using Proof = std::function<const PrincipalRow*(const Tables& tables)>;
  [[nodiscard]] Proof proof_of(const http::Request& request) const;
  [[nodiscard]] Timestamp last_seen(const std::string& digest) const;

  const AccessStore& store_;
  const Clock& clock_;
  Issuer* issuer_;
  mutable std::mutex mutex_;
  Marks marks_;
};

}  // namespace ledger::access
