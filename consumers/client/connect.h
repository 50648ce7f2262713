#pragma once

#include <string>

#include "platform/http/client.h"
#include "platform/result.h"

namespace ledger::cli {

// For --help of every program that talks to the ledger.
inline constexpr const char* kKeyFileHelp =
    "File with the API key as which it asks (`ledgerctl keys create`); or the key itself in\n"
    "LEDGER_API_KEY. None is needed where ledgerd runs with --access off";

// As whom this process asks from now on: the key in the first line of the file, without one the key
// in LEDGER_API_KEY, else nobody. Once, before connect(); a program is one principal.
// kMisconfigured: no such file, or what is in it is no key.
[[nodiscard]] Status use_key(const std::string& file);

// The ledger's address, to be asked with that key. kMisconfigured as http::Client::to().
[[nodiscard]] Result<http::Client> connect(const std::string& server);

}  // namespace ledger::cli
