#pragma once

#include <map>
#include <string>
#include <string_view>

#include "platform/result.h"

namespace ledger {

// The members of a JSON object by name, each as compact JSON of its own: what a comparison of two
// objects reads. kCorrupt for what is no object.
[[nodiscard]] Result<std::map<std::string, std::string>> json_members(std::string_view text);

}  // namespace ledger
