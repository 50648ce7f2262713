#include "consumers/ledger-bank/run.h"

#include <fmt/format.h>

#include "consumers/client/monitor.h"
#include "consumers/ledger-bank/connector.h"
#include "consumers/ledger-bank/figures.h"
#include "platform/http/client.h"
#include "platform/logging.h"

namespace ledger::pull {

namespace {

using namespace std::chrono_literals;

constexpr auto kIdleWait = 200ms;
constexpr auto kDiskWait = 5s;

void print_outcome(const Connector& connector) {
  const Counters& counters = connector.counters();
  fmt::print(
      "{} payments recorded, {} known already, {} corrected, {} taken back, {} rows left out, {} "
      "refused, {} refused before\n",
      counters.delivered.load(), counters.known.load(), counters.corrected.load(),
      counters.taken_back.load(), counters.left_out.load(), counters.refused.load(),
      counters.still_refused.load());
  for (const auto& refusal : connector.refusals()) fmt::print("  refused: {}\n", refusal);
  if (connector.refusals().size() < counters.refused) {
    fmt::print("  and more, all of them in refused.ndjson\n");
  }
}

Result<int> run_once(Connector& connector, const BankOptions& options,
                     const StopWithin& stop_within) {
  auto lucky = std::chrono::steady_clock::now();
  for (;;) {
    LEDGER_TRY(const auto step, connector.step());
    const auto now = std::chrono::steady_clock::now();
    const bool waiting = !connector.trouble().empty() || connector.counters().bank_closed;
    if (!waiting) lucky = now;
    const bool given_up = now - lucky > options.patience;
    if (step.drained || given_up || stop_within(step.busy ? 0ms : kIdleWait)) {
      print_outcome(connector);
      const Counters& counters = connector.counters();
      if (step.drained) return counters.refused + counters.still_refused == 0 ? 0 : 1;
      const std::string why = connector.trouble();
      fmt::print(stderr, "not all is told{}{}; the same command goes on where it stopped\n",
                 given_up ? ": " : "",
                 !given_up     ? ""
                 : why.empty() ? "the bank says not to ask now"
                               : why);
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
    log::info("stopped; what is not delivered is asked for again at the next start");
    return 0;
  }
}

}  // namespace

Result<int> run(const BankOptions& options, const StopWithin& stop_within) {
  const SystemClock clock;
  LEDGER_TRY(const auto connector, Connector::start(options, clock));
  const auto figures = [&](Metrics& metrics) {
    add_figures(metrics, connector->counters(), clock);
  };
  LEDGER_TRY(const auto monitor, Monitor::start(options.metrics, figures));
  if (options.once) return run_once(*connector, options, stop_within);
  log::info("started", {{"server", http::without_userinfo(options.server)},
                        {"hook_port", static_cast<std::int64_t>(connector->hook_port())}});
  return run_for_good(*connector, stop_within);
}

}  // namespace ledger::pull
