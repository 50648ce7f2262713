#include <csignal>

#include "consumers/ledger-telephony/run.h"
#include "platform/logging.h"

namespace {

// Blocked before any thread exists, so that only the waits of the main thread ever see them.
sigset_t block_stop_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return signals;
}

}  // namespace

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
  const sigset_t signals = block_stop_signals();
  const auto stop_within = [&signals](std::chrono::milliseconds wait) {
    const timespec limit{wait.count() / 1000, wait.count() % 1000 * 1'000'000};
    return sigtimedwait(&signals, nullptr, &limit) > 0;
  };
  const auto ended = ledger::edge::run(*options, stop_within);
  if (ended) return *ended;
  ledger::log::error("ledger-telephony cannot go on",
                     {{"reason", ended.error().message}, {"setting", ended.error().field}});
  return ended.error().code == ledger::ErrorCode::kMisconfigured ? 2 : 1;
}
