#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "platform/clock.h"
#include "platform/http/server.h"
#include "platform/metrics.h"
#include "platform/result.h"

namespace ledger {

// GET /metrics (Prometheus) and /healthz of a program that stands beside the ledger, on an address
// of their own. Nothing in them is about a person. Threads: the HTTP server's.
class Monitor {
 public:
  // Null where `listen` is empty: nobody watches. `fill` says the figures, once, before this
  // returns; what they read must outlive it. kMisconfigured, field `metrics`: an address that
  // cannot be bound.
  [[nodiscard]] static Result<std::unique_ptr<Monitor>> start(
      const std::string& listen, const std::function<void(Metrics&)>& fill);
  [[nodiscard]] std::uint16_t port() const { return server_->port(); }

 private:
  Metrics metrics_;
  http::Router router_;
  std::unique_ptr<http::Server> server_;
};

// Seconds from a moment (of Unix time; 0: there was none) until now; -1 where there was none.
[[nodiscard]] double age_seconds(std::int64_t moment_s, const Clock& clock);

}  // namespace ledger
