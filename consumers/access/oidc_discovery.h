#pragma once

#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "platform/clock.h"
#include "platform/result.h"

// What an issuer says of itself (OpenID Connect Discovery 1.0, RFC 8414).
namespace ledger::access {

struct Endpoints {
  std::string authorization;        // where the browser goes
  std::string token;                // where we change the code for tokens
  std::string keys;                 // its key set
  bool names_itself = false;        // its answers say who gives them (RFC 9207)
  bool secret_in_the_form = false;  // client_secret_basic is not offered, client_secret_post is

  bool operator==(const Endpoints&) const = default;
};

// https, or http on this machine; without a user, a fragment, a space or a control character: an
// address that secrets may go to, and that may stand in a header.
[[nodiscard]] bool is_safe_address(std::string_view url);

[[nodiscard]] std::string discovery_address(std::string_view issuer);

// kMalformed: no such document. kInvalidField with the member: of another issuer, an address that
// is not safe, no S256 among the challenges that it lists.
[[nodiscard]] Result<Endpoints> parse_discovery(std::string_view json, std::string_view issuer);

// The same as it was fetched last, as IssuerKeys is. Thread-safe: endpoints() never waits,
// refresh() is for a thread that may.
class Discovery {
 public:
  using Fetch = std::function<Result<std::string>()>;
  Discovery(std::string issuer, Fetch fetch, const Clock& clock)
      : issuer_(std::move(issuer)), fetch_(std::move(fetch)), clock_(clock) {}

  // nullopt: it has not been reached yet.
  [[nodiscard]] std::optional<Endpoints> endpoints() const;
  [[nodiscard]] bool due() const;
  [[nodiscard]] Status refresh();

 private:
  const std::string issuer_;
  const Fetch fetch_;
  const Clock& clock_;
  mutable std::mutex mutex_;
  std::optional<Endpoints> endpoints_;
  std::optional<Timestamp> tried_;
};

}  // namespace ledger::access
