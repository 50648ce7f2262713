#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "consumers/access/access.h"
#include "consumers/ledgerd/webhooks.h"
#include "events/types/reconciliation.h"
#include "platform/http/server.h"
#include "projections/sources/silence.h"

namespace ledger {

// How ledgerd was told to run: flags, then environment (LEDGER_DATA, …), then the TOML file.
struct ServerOptions {
  std::filesystem::path data;
  std::filesystem::path keys;                // of persons' texts; empty: `data`/keys
  std::filesystem::path key_encryption_key;  // a file; empty: `data`/keys.kek
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
  // The built web application; empty: the one built beside this program, if there is one.
  std::filesystem::path dashboard;
  bool list_routes = false;              // start, say which routes there are, and end
  std::optional<http::TlsFiles> tls;     // absent: plain HTTP
  http::TrustedProxies trusted_proxies;  // who says for whom he speaks
  bool access = true;                    // whether it is asked who asks
  access::IssuerOptions issuer;
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
