#pragma once

// What `ledgerd --help` says before and after the settings.
namespace ledger {

inline constexpr const char* kDescription =
    "The sales activity ledger's server: takes events, keeps them in the log, folds them into\n"
    "views and answers questions about them.\n\n"
    "  ledgerd --data /var/lib/ledger                     on one machine, with the embedded log\n"
    "  ledgerd --data /var/lib/ledger --brokers kafka:9092  with the log on Kafka\n";

inline constexpr const char* kFooter =
    "Settings come from flags, else from the environment (LEDGER_DATA, LEDGER_LISTEN, ...), else\n"
    "from the TOML file of --config, which names them like the flags without the dashes.\n"
    "Then: curl http://127.0.0.1:8080/readyz, and `ledgerctl --help`.";

}  // namespace ledger
