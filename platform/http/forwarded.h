#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "platform/result.h"

namespace ledger::http {

// Networks of the proxies before us, which are believed when they say whom they speak for.
class TrustedProxies {
 public:
  TrustedProxies() = default;  // nobody is
  // Addresses and networks: "10.0.0.7", "10.0.0.0/8", "fd00::/8". kMisconfigured names the one that
  // is neither; a network with bits set behind its prefix is none.
  [[nodiscard]] static Result<TrustedProxies> parse(const std::vector<std::string>& networks);

  [[nodiscard]] bool contains(std::string_view address) const;
  [[nodiscard]] bool empty() const { return networks_.empty(); }

 private:
  using Bytes = std::array<std::uint8_t, 16>;  // of IPv6; of IPv4 mapped into it
  struct Network {
    Bytes start;
    int bits;
  };
  std::vector<Network> networks_;
};

// Whom a connection speaks for.
struct Origin {
  std::string peer;     // an address, without its port
  bool secure = false;  // he speaks TLS

  bool operator==(const Origin&) const = default;
};

// Who stands at the other end of what came from `direct`. What X-Forwarded-For, X-Forwarded-Proto
// and Forwarded (RFC 7239) say is heard from trusted proxies alone: of a chain the right-most
// address that is no trusted proxy's, since all to the left of it is what that one says of himself.
// An entry that is no address ends the chain at the proxy that passed it on. Where X-Forwarded-For
// and Forwarded do not agree one of them came from the client, and neither is believed.
[[nodiscard]] Origin origin_of(const std::vector<std::pair<std::string, std::string>>& headers,
                               const Origin& direct, const TrustedProxies& trusted);

// Takes these headers away, so that nothing behind can be told by them.
void strip_forwarded(std::vector<std::pair<std::string, std::string>>& headers);

}  // namespace ledger::http
