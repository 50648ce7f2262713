#pragma once

#include <memory>
#include <string>

#include "consumers/ledger-telephony/counters.h"
#include "platform/clock.h"
#include "platform/http/server.h"
#include "platform/metrics.h"
#include "platform/result.h"

namespace ledger::edge {

// GET /metrics (Prometheus) and /healthz, for whoever watches the connector. Nothing in them is
// about a person. Threads: the HTTP server's.
class Monitor {
 public:
  // `counters` and `clock` must outlive it. kMisconfigured: an address that cannot be bound.
  [[nodiscard]] static Result<std::unique_ptr<Monitor>> start(const std::string& listen,
                                                              const Counters& counters,
                                                              const Clock& clock);
  [[nodiscard]] std::uint16_t port() const { return server_->port(); }

 private:
  void add_figures(const Counters& counters, const Clock& clock);
  Metrics metrics_;
  http::Router router_;
  std::unique_ptr<http::Server> server_;
};

}  // namespace ledger::edge
