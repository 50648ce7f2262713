#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace ledger {

// RFC 4648 4, with padding.
[[nodiscard]] std::string base64_encode(std::string_view bytes);
// nullopt: not base64, or without its padding. Spaces are not taken.
[[nodiscard]] std::optional<std::string> base64_decode(std::string_view text);

}  // namespace ledger
