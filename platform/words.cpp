#include "platform/words.h"

#include <algorithm>
#include <array>

#include "platform/utf8.h"

namespace ledger {

namespace {

// Also those that word processors put between words that shall stay in one line.
constexpr std::array<std::string_view, 6> kSpaces{" ", "\t", "\n", "\r", "\u00a0", "\u202f"};

}  // namespace

std::string fold_words(std::string_view text) {
  const std::string folded = fold_case(text);
  std::string_view rest = folded;
  std::string words;
  while (!rest.empty()) {
    const auto* const space = std::find_if(kSpaces.begin(), kSpaces.end(),
                                           [&](const auto& one) { return rest.starts_with(one); });
    const bool is_space = space != kSpaces.end();
    if (!is_space) {
      words += rest.front();
    } else if (!words.empty() && words.back() != ' ') {
      words += ' ';
    }
    rest.remove_prefix(is_space ? space->size() : 1);
  }
  if (!words.empty() && words.back() == ' ') words.pop_back();
  return words;
}

}  // namespace ledger
