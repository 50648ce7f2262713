#pragma once

#include <string>
#include <string_view>

namespace ledger::json {

// The path of the first number that simdjson refuses ("data.amount.amount_minor"): it says that
// there is one, not where, and who sent it needs to know. `text` is JSON up to that number. Empty
// if every number can be read.
[[nodiscard]] std::string place_of_bad_number(std::string_view text);

}  // namespace ledger::json
