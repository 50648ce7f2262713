#include <csignal>

#include "consumers/ledgerd/application.h"
#include "platform/logging.h"

namespace {

// Blocked before any thread exists, so that only the wait below ever sees them.
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
  const auto options = ledger::parse_server_options(argc, argv, exit_code);
  if (!options) return exit_code;
  if (const auto level = ledger::log::parse_level(options->log_level); level) {
    ledger::log::set_level(*level);
  } else {
    ledger::log::error(level.error().message);
    return 2;
  }
  const sigset_t signals = block_stop_signals();
  const auto application = ledger::Application::start(*options);
  if (!application) {
    const ledger::Error& error = application.error();
    ledger::log::error("ledgerd cannot start",
                       {{"reason", error.message}, {"setting", error.field}});
    return 1;
  }
  ledger::log::info("listening", {{"address", (*application)->address()},
                                  {"log", options->brokers.empty() ? "embedded" : "kafka"}});
  int signal = 0;
  sigwait(&signals, &signal);
  ledger::log::info("stopping", {{"signal", std::int64_t{signal}}});
  return 0;
}
