#pragma once

#include <string>
#include <string_view>

namespace ledger {

// A text by whose bytes names sort as Ukrainian has them: а … г ґ … е є … и і ї … щ ь ю я, whatever
// the case; Latin letters and digits before, other letters behind. An apostrophe, however written,
// is no letter. The text must be valid UTF-8.
[[nodiscard]] std::string in_ukrainian_order(std::string_view text);

}  // namespace ledger
