#include <sys/stat.h>

#include <iostream>

#include "consumers/ledgerd/application.h"
#include "platform/logging.h"
#include "platform/stop_signals.h"

int main(int argc, char** argv) {
  // Everything below --data is its owner's alone, however the server was started.
  ::umask(077);
  int exit_code = 0;
  const auto options = ledger::parse_server_options(argc, argv, exit_code);
  if (!options) return exit_code;
  if (const auto level = ledger::log::parse_level(options->log_level); level) {
    ledger::log::set_level(*level);
  } else {
    ledger::log::error(level.error().message);
    return 2;
  }
  const ledger::StopSignals signals(ledger::StopSignals::HangUp::kIsTold);
  const auto application = ledger::Application::start(*options);
  if (!application) {
    const ledger::Error& error = application.error();
    ledger::log::error("ledgerd cannot start",
                       {{"reason", error.message}, {"setting", error.field}});
    return 1;
  }
  if (options->list_routes) {
    for (const auto& [method, pattern] : (*application)->router().routes()) {
      std::cout << method << ' ' << pattern << '\n';
    }
    return 0;
  }
  ledger::log::info("listening", {{"address", (*application)->address()},
                                  {"log", options->brokers.empty() ? "embedded" : "kafka"}});
  // Not in the log, which others read: the link is as good as a password, for a quarter of an hour.
  if (const auto link = (*application)->first_login()) {
    std::cout << "Sign in as the administrator, once and within 15 minutes:\n  " << *link
              << std::endl;
  }
  int signal = signals.wait();
  for (; signal == SIGHUP; signal = signals.wait()) (*application)->reload();
  ledger::log::info("stopping", {{"signal", std::int64_t{signal}}});
  return 0;
}
