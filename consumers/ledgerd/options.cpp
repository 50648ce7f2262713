#include "consumers/ledgerd/options.h"

#include <CLI/CLI.hpp>

namespace ledger {

namespace {

constexpr const char* kDescription =
    "The sales activity ledger's server: takes events, keeps them in the log, folds them into\n"
    "views and answers questions about them.\n\n"
    "  ledgerd --data /var/lib/ledger                     on one machine, with the embedded log\n"
    "  ledgerd --data /var/lib/ledger --brokers kafka:9092  with the log on Kafka\n";

constexpr const char* kFooter =
    "Settings come from flags, else from the environment (LEDGER_DATA, LEDGER_LISTEN, ...), else\n"
    "from the TOML file of --config, which names them like the flags without the dashes.\n"
    "Then: curl http://127.0.0.1:8080/readyz, and `ledgerctl --help`.";

}  // namespace

std::optional<ServerOptions> parse_server_options(int argc, char** argv, int& exit_code) {
  ServerOptions options;
  CLI::App app(kDescription, "ledgerd");
  app.footer(kFooter);
  app.set_config("--config", "", "TOML file with the settings below");
  app.allow_config_extras(CLI::config_extras_mode::error);
  app.add_option("--data", options.data, "Directory for the embedded log and the views")
      ->envname("LEDGER_DATA")
      ->required();
  app.add_option("--listen", options.listen, "Address and port; port 0 takes a free one")
      ->envname("LEDGER_LISTEN")
      ->capture_default_str();
  app.add_option("--brokers", options.brokers,
                 "Kafka bootstrap servers (HOST:PORT,...); without it the log is embedded")
      ->envname("LEDGER_BROKERS");
  app.add_option("--topic", options.topic, "Kafka topic of the events")
      ->envname("LEDGER_TOPIC")
      ->capture_default_str();
  app.add_option("--partitions", options.partitions, "Partitions of a new embedded log")
      ->envname("LEDGER_PARTITIONS")
      ->check(CLI::Range(1, 1024))
      ->capture_default_str();
  app.add_option("--zone", options.zone, "Zone in which the house counts its days")
      ->envname("LEDGER_ZONE")
      ->capture_default_str();
  app.add_option("--log-level,--log_level", options.log_level, "debug, info, warning or error")
      ->envname("LEDGER_LOG_LEVEL")
      ->capture_default_str();
  app.add_flag("--insecure", options.insecure,
               "Listen beyond loopback although nobody is asked who he is")
      ->envname("LEDGER_INSECURE");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    exit_code = app.exit(error) == 0 ? 0 : 2;
    return std::nullopt;
  }
  return options;
}

}  // namespace ledger
