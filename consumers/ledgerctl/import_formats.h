#pragma once

#include <vector>

#include "consumers/ledgerctl/commands.h"
#include "consumers/ledgerctl/setting.h"
#include "consumers/ledgerctl/watch.h"

// What `import` and `watch` take, as data.
namespace ledger::cli {

struct Format {
  const char* name;  // "camt"
  const char* text;
  std::vector<Setting> settings;
};

// The command must outlive what is made of it.
[[nodiscard]] std::vector<Format> import_formats(ImportCommand& command);
[[nodiscard]] std::vector<Setting> watch_settings(WatchCommand& command);

}  // namespace ledger::cli
