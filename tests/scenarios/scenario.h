#pragma once

#include <string>
#include <vector>

namespace ledger::testing {

// Runs one scenario file; an empty list is success, else a line for each thing that did not hold.
[[nodiscard]] std::vector<std::string> run_scenario(const std::string& path);

}  // namespace ledger::testing
