#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "platform/result.h"

namespace ledger {

// What is to stand in a line in place of a text; nullopt: the text itself. `name` is the member's,
// of a text in a list the list's.
using TextChange =
    std::function<std::optional<std::string>(std::string_view name, std::string_view text)>;

// A stored line with every text of it, also those of the events that it carries, looked at and
// changed where `change` says so; members keep their order. For who may not see all of a line.
[[nodiscard]] Result<std::string> with_texts(std::string_view line, const TextChange& change);

}  // namespace ledger
