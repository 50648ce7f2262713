#pragma once

#include "consumers/ledgerctl/uploader.h"

namespace ledger::cli {

// Says what became of an upload, every refusal by name; the exit code.
[[nodiscard]] int print_outcome(const Uploader& uploader);

}  // namespace ledger::cli
