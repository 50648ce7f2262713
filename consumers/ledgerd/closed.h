#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "consumers/ledgerd/options.h"
#include "platform/result.h"

// Whether the server may listen where it was told to.
namespace ledger {

[[nodiscard]] inline bool is_loopback(std::string_view listen) {
  return listen.starts_with("127.") || listen.starts_with("[::1]") ||
         listen.starts_with("localhost:");
}

// Beyond this machine somebody has to be asked who he is, and nobody may read along: keys, cookies
// and passwords are as good as what they open. 3CX's call records are never asked.
[[nodiscard]] inline Status check_closed(const ServerOptions& options) {
  if (options.insecure) return {};
  const std::string& feed = options.webhooks.threecx_cdr_listen;
  if (!feed.empty() && !is_loopback(feed)) {
    return fail(ErrorCode::kMisconfigured,
                fmt::format("'{}' is reachable by others and nobody is asked who he is; listen on "
                            "127.0.0.1, or say --insecure if the network is closed",
                            feed),
                "threecx-cdr-listen");
  }
  const bool unread = options.tls || !options.trusted_proxies.empty();
  if (is_loopback(options.listen) || (options.access && unread)) return {};
  return fail(ErrorCode::kMisconfigured,
              fmt::format("'{}' is reachable by others and {}; listen on 127.0.0.1, give it "
                          "--tls-cert or name the proxy that speaks TLS (--trusted-proxy), or say "
                          "--insecure if the network is closed",
                          options.listen,
                          options.access ? "keys and passwords would cross the network readable"
                                         : "nobody is asked who he is"),
              "listen");
}

}  // namespace ledger
