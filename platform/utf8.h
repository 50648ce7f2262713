#pragma once

#include <string_view>

namespace ledger {

// RFC 3629: no overlong forms, no surrogates, nothing beyond U+10FFFF.
[[nodiscard]] bool is_valid_utf8(std::string_view text);

}  // namespace ledger
