#include "consumers/client/monitor.h"

#include <algorithm>
#include <chrono>

#include "platform/logging.h"

namespace ledger {

using http::Request;
using http::Response;
using http::RunOn;

Result<std::unique_ptr<Monitor>> Monitor::start(const std::string& listen,
                                                const std::function<void(Metrics&)>& fill) {
  if (listen.empty()) return nullptr;
  auto monitor = std::make_unique<Monitor>();
  Monitor& made = *monitor;
  fill(made.metrics_);
  made.router_.add("GET", "/healthz", RunOn::kInline, [](const Request&) {
    return Response{200, "application/json", R"({"alive":true})"};
  });
  made.router_.add("GET", "/metrics", RunOn::kWorker, [&made](const Request&) {
    return Response{200, "text/plain; version=0.0.4; charset=utf-8", made.metrics_.text()};
  });
  auto server = http::Server::start(http::Server::defaults(listen), made.router_);
  if (!server) return fail(ErrorCode::kMisconfigured, server.error().message, "metrics");
  made.server_ = *std::move(server);
  log::info("metrics", {{"port", static_cast<std::int64_t>(made.port())}});
  return monitor;
}

double age_seconds(std::int64_t moment_s, const Clock& clock) {
  if (moment_s == 0) return -1.0;
  const auto now = std::chrono::floor<std::chrono::seconds>(clock.now()).time_since_epoch();
  return static_cast<double>(std::max<std::int64_t>(0, now.count() - moment_s));
}

}  // namespace ledger
