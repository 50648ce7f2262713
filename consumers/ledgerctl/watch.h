#pragma once

#include <cstdint>
#include <string>

#include "consumers/ledgerctl/senders.h"
#include "platform/result.h"

namespace ledger::cli {

// Folders into which people put files of banks and accounting.
struct WatchCommand {
  std::string server;
  std::string directory;  // with format; or
  std::string config;     // a file that names several
  std::string format;
  SenderSettings sender;
  std::int64_t poll_s = 5;
  bool once = false;
};
[[nodiscard]] Result<int> run_watch(const WatchCommand& command);

}  // namespace ledger::cli
