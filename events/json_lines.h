#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "platform/result.h"

namespace ledger {

// A JSON object that holds a list, as lines. Bytes of items are those of the text; what we wrote
// ourselves has no line end in them.

// The objects of the array, one a line: of the first of these members that is one. Empty where none
// is. kMalformed for what is no JSON.
[[nodiscard]] Result<std::string> lines_of_array(std::string_view json,
                                                 std::span<const std::string_view> members);
// A member that is a text.
[[nodiscard]] std::optional<std::string> text_member(std::string_view json, std::string_view name);

}  // namespace ledger
