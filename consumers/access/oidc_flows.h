#pragma once

#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "platform/clock.h"

namespace ledger::access {

// A sign-in that has begun, until the issuer answers.
struct Flow {
  std::string nonce;
  std::string verifier;               // RFC 7636; only the token endpoint is told it
  std::string return_to;              // a place of the dashboard: "#/…", or empty
  std::optional<std::string> former;  // the session of this browser, by digest: it ends
};

// Those that wait, each by the state that came with it and bound to the browser that began it. In
// memory, for limits::kSignInLifetime and never more than limits::kSignInsWaitingMax. Thread-safe.
class Flows {
 public:
  void put(std::string_view state, std::string_view browser, Flow flow, Timestamp now);
  // Once. nullopt: never begun, taken already, outdated, or begun by another browser; that one may
  // still take it.
  [[nodiscard]] std::optional<Flow> take(std::string_view state, std::string_view browser,
                                         Timestamp now);
  [[nodiscard]] std::size_t size() const;

 private:
  struct Waiting {
    Flow flow;
    std::string browser;  // digest
    Timestamp until;
  };
  void forget_outdated(Timestamp now);

  mutable std::mutex mutex_;
  std::map<std::string, Waiting, std::less<>> waiting_;  // by digest of the state
  std::deque<std::string> order_;  // as they began, and so as they end; some are taken already
};

}  // namespace ledger::access
