#include "consumers/client/monitor.h"
#include "consumers/ledger-mail/figures.h"
#include "consumers/ledger-mail/refused.h"
#include "consumers/ledger-mail/server.h"
#include "platform/logging.h"
#include "platform/stop_signals.h"

namespace {

using namespace ledger;

bool is_loopback(std::string_view address) {
  return address.starts_with("127.") || address.starts_with("localhost:") ||
         address.starts_with("[::1]:");
}

Status run(const gateway::GatewayOptions& options, const StopSignals& signals) {
  const SystemClock clock;
  gateway::Counters counters;
  LEDGER_CHECK(gateway::prepare_data(options.data));
  const auto figures = [&](Metrics& metrics) { gateway::add_figures(metrics, counters); };
  LEDGER_TRY(const auto monitor, Monitor::start(options.metrics, figures));
  LEDGER_TRY(const auto server, gateway::Server::start(options, counters, clock));
  log::info("listening", {{"address", options.listen},
                          {"server", http::without_userinfo(options.server)},
                          {"starttls", options.tls ? "offered" : "not offered"}});
  if (!is_loopback(options.listen)) {
    log::warning("whoever reaches this address can hand in letters in a manager's name",
                 {{"address", options.listen}});
  }
  if (options.mail.authserv_id.empty()) {
    log::warning(
        "every sender is believed to be whom he says: a letter from outside in a manager's name "
        "counts as his offer",
        {{"setting", "authserv_id"}});
  }
  signals.wait();
  log::info("stopping; what is not recorded stays with the mail system");
  return {};
}

}  // namespace

int main(int argc, char** argv) {
  int exit_code = 0;
  const auto options = gateway::parse_gateway_options(argc, argv, exit_code);
  if (!options) return exit_code;
  if (const auto level = log::parse_level(options->log_level); level) {
    log::set_level(*level);
  } else {
    log::error(level.error().message);
    return 2;
  }
  const StopSignals signals;
  const auto ended = run(*options, signals);
  if (ended) return 0;
  log::error("ledger-mail cannot go on",
             {{"reason", ended.error().message}, {"setting", ended.error().field}});
  return ended.error().code == ErrorCode::kMisconfigured ? 2 : 1;
}
