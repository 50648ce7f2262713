#include "consumers/ledgerctl/outcome.h"

#include <fmt/format.h>

#include <cstdio>

namespace ledger::cli {

int print_outcome(const Uploader& uploader) {
  for (const auto& refusal : uploader.refused()) {
    fmt::print(stderr, "refused  {}: {}\n", refusal.where, refusal.reason);
  }
  fmt::print("{} recorded, {} known already, {} refused\n", uploader.recorded(), uploader.known(),
             uploader.refused().size());
  return uploader.refused().empty() ? 0 : 1;
}

}  // namespace ledger::cli
