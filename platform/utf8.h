#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace ledger {

// RFC 3629: no overlong forms, no surrogates, nothing beyond U+10FFFF.
[[nodiscard]] bool is_valid_utf8(std::string_view text);

inline constexpr std::string_view kReplacementCharacter = "\xef\xbf\xbd";  // U+FFFD

// Each byte that belongs to no character becomes U+FFFD.
[[nodiscard]] std::string with_replaced_bytes(std::string_view text);

// The beginning of a text, at most so many bytes, cut between characters: for messages that quote
// what came from outside, since half a character would make the answer's JSON invalid.
[[nodiscard]] std::string_view excerpt(std::string_view text, std::size_t bytes_max = 40);

// Latin (ASCII) and Cyrillic letters in lower case, for comparing; everything else as it is. The
// text must be valid.
[[nodiscard]] std::string fold_case(std::string_view text);

}  // namespace ledger
