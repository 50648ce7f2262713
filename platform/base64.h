#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace ledger {

// RFC 4648 4, with padding.
[[nodiscard]] std::string base64_encode(std::string_view bytes);
// nullopt: not base64, or without its padding. Spaces are not taken.
[[nodiscard]] std::optional<std::string> base64_decode(std::string_view text);

// RFC 4648 5, for addresses and tokens: "-" and "_", without padding.
[[nodiscard]] std::string base64url_encode(std::string_view bytes);
// nullopt: another letter, padding, or a length or last letter that no encoder writes: one spelling
// for the same bytes.
[[nodiscard]] std::optional<std::string> base64url_decode(std::string_view text);

}  // namespace ledger
