#pragma once

#include <string>
#include <string_view>

namespace ledger {

// A name as it is compared: letters in lower case (fold_case), one space between words and none
// around them, whatever spaces stood there. The text must be valid UTF-8.
[[nodiscard]] std::string fold_words(std::string_view text);

}  // namespace ledger
