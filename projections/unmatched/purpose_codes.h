#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ledger::unmatched {

// Runs of just so many digits as a code has (ЄДРПОУ 8, РНОКПП 10), in their order.
[[nodiscard]] std::vector<std::string> codes_in(std::string_view purpose);

}  // namespace ledger::unmatched
