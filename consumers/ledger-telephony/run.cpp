#include "consumers/ledger-telephony/run.h"

#include <fmt/format.h>

#include "consumers/client/monitor.h"
#include "consumers/client/progress_bar.h"
#include "consumers/ledger-telephony/connector.h"
#include "consumers/ledger-telephony/figures.h"
#include "consumers/ledger-telephony/retry.h"
#include "platform/http/client.h"
#include "platform/logging.h"

namespace ledger::edge {

namespace {

using namespace std::chrono_literals;

constexpr auto kIdleWait = 500ms;
constexpr auto kDiskWait = 5s;

void print_outcome(const Connector& connector) {
  const Counters& counters = connector.counters();
  fmt::print("{} recorded, {} known already, {} corrected, {} internal left out, {} refused\n",
             counters.delivered.load(), counters.known.load(), counters.corrected.load(),
             counters.skipped.load(), counters.refused.load());
  for (const auto& refusal : connector.refusals()) fmt::print("  refused: {}\n", refusal);
  if (connector.refusals().size() < counters.refused) {
    fmt::print("  and more, all of them in refused.ndjson\n");
  }
}

Result<int> run_once(Connector& connector, const EdgeOptions& options,
                     const StopWithin& stop_within) {
  const Counters& counters = connector.counters();
  std::uint64_t left = connector.lag_bytes();
  cli::ProgressBar progress("bytes", static_cast<std::int64_t>(left));
  auto lucky = std::chrono::steady_clock::now();
  for (;;) {
    LEDGER_TRY(const auto step, connector.step());
    const std::uint64_t lag = connector.lag_bytes();
    if (lag < left) progress.advance(static_cast<std::int64_t>(left - lag));
    left = lag;
    const auto now = std::chrono::steady_clock::now();
    if (connector.trouble().empty()) lucky = now;
    const bool given_up = now - lucky > options.patience;
    if (step.drained || given_up || stop_within(step.busy ? 0ms : kIdleWait)) {
      progress.finish();
      LEDGER_CHECK(connector.save());
      print_outcome(connector);
      if (step.drained) return counters.refused == 0 ? 0 : 1;
      fmt::print(stderr, "not all is delivered{}{}; the same command goes on where it stopped\n",
                 given_up ? ": " : "", connector.trouble());
      return 1;
    }
  }
}

Result<int> run_for_good(Connector& connector, const StopWithin& stop_within) {
  for (;;) {
    const auto step = connector.step();
    // A full disk is no reason to end: nothing was passed over, and somebody will clear it.
    if (!step) log::error("the state cannot be written", {{"reason", step.error().message}});
    const auto wait = !step ? std::chrono::milliseconds(kDiskWait) : step->busy ? 0ms : kIdleWait;
    if (!stop_within(wait)) continue;
    LEDGER_CHECK(connector.save());
    log::info("stopped; what is not delivered is read again at the next start");
    return 0;
  }
}

Result<int> run_retry(const EdgeOptions& options, const Clock& clock) {
  LEDGER_TRY(const auto retried, retry_refused(options, clock));
  fmt::print("{} gone, {} left\n", retried.gone, retried.left.size());
  for (const auto& [where, reason] : retried.left) {
    fmt::print("  refused: {}: {} {}\n", where, reason.field, reason.message);
  }
  return retried.left.empty() ? 0 : 1;
}

// A mistake in the path would otherwise look like an exchange without calls.
Status check_file(const EdgeOptions& options) {
  const auto& file = options.cdr_file;
  if (file.empty() || std::filesystem::is_regular_file(file)) return {};
  if (std::filesystem::exists(file)) {
    return fail(ErrorCode::kMisconfigured, file.string() + " is no file", "cdr_file");
  }
  if (options.once) {
    return fail(ErrorCode::kMisconfigured, file.string() + " does not exist", "cdr_file");
  }
  log::warning("the CDR file is not there yet", {{"file", file.string()}});
  return {};
}

}  // namespace

Result<int> run(const EdgeOptions& options, const StopWithin& stop_within) {
  const SystemClock clock;
  if (options.retry_refused) return run_retry(options, clock);
  LEDGER_CHECK(check_file(options));
  LEDGER_TRY(const auto connector, Connector::start(options, clock));
  const auto figures = [&](Metrics& metrics) {
    add_figures(metrics, connector->counters(), clock);
  };
  LEDGER_TRY(const auto monitor, Monitor::start(options.metrics, figures));
  if (options.once) return run_once(*connector, options, stop_within);
  log::info("started", {{"server", http::without_userinfo(options.server)},
                        {"cdr_file", options.cdr_file.string()},
                        {"ami", options.ami.address}});
  return run_for_good(*connector, stop_within);
}

}  // namespace ledger::edge
