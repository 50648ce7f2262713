#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "platform/result.h"

namespace ledger {

// A JSON object of one level, as senders write a record: names and values as text, in its order.
// A value is a text or a whole number. kMalformed: no JSON, or no object; kDuplicateName;
// kTooLarge: over limits::kJsonMembersMax; kInvalidField, with the name: any other value. Any
// thread.
[[nodiscard]] Result<std::vector<std::pair<std::string, std::string>>> read_flat_object(
    std::string_view json);

}  // namespace ledger
