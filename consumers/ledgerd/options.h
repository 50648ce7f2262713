#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "consumers/ledgerd/webhooks.h"
#include "events/types/reconciliation.h"
#include "projections/sources/silence.h"

namespace ledger {

// How ledgerd was told to run: flags, then environment (LEDGER_DATA, …), then the TOML file.
struct ServerOptions {
  std::filesystem::path data;
  std::string listen = "127.0.0.1:8080";
  std::string brokers;  // empty: the embedded log under `data`
  std::string topic = "ledger.events";
  std::string quarantine_topic = "ledger.quarantine";  // opened for webhooks and the inbox
  std::string inbox_topic;                             // empty: no inbox
  std::string inbox_brokers;                           // empty: those of the log
  std::int32_t partitions = 6;  // of a new embedded log; Kafka's topic says it itself
  std::string zone = "Europe/Kyiv";
  std::string log_level = "info";
  bool insecure = false;
  // Working ones before a source may be called silent.
  std::int64_t silence_minutes = sources::kSilentMinutesMinDefault;
  // How our side is named on papers; a name makes it one.
  ActParty company;
  WebhookOptions webhooks;
};

// nullopt: there is nothing to run (--help, or a mistake that was explained); `exit_code` says
// which.
[[nodiscard]] std::optional<ServerOptions> parse_server_options(int argc, char** argv,
                                                                int& exit_code);

}  // namespace ledger
