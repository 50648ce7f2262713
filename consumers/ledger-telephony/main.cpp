#include "consumers/ledger-telephony/run.h"
#include "platform/logging.h"
#include "platform/stop_signals.h"

int main(int argc, char** argv) {
  int exit_code = 0;
  const auto options = ledger::edge::parse_edge_options(argc, argv, exit_code);
  if (!options) return exit_code;
  if (const auto level = ledger::log::parse_level(options->log_level); level) {
    ledger::log::set_level(*level);
  } else {
    ledger::log::error(level.error().message);
    return 2;
  }
  const ledger::StopSignals signals;
  const auto stop_within = [&signals](std::chrono::milliseconds wait) {
    return signals.within(wait);
  };
  const auto ended = ledger::edge::run(*options, stop_within);
  if (ended) return *ended;
  ledger::log::error("ledger-telephony cannot go on",
                     {{"reason", ended.error().message}, {"setting", ended.error().field}});
  return ended.error().code == ledger::ErrorCode::kMisconfigured ? 2 : 1;
}
