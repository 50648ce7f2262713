#pragma once

#include "platform/result.h"

namespace ledger::cli {

// Reads the command line, runs the command, returns the exit code.
[[nodiscard]] Result<int> run(int argc, char** argv);

}  // namespace ledger::cli
