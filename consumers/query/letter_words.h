#pragma once

#include <string_view>

#include "projections/directory/sent_letter.h"

namespace ledger {

// What a letter counts as, in words: the same wherever it is shown.
struct LetterWords {
  std::string_view uk;
  std::string_view en;
};
[[nodiscard]] LetterWords words_of(directory::CountsAs letter);

}  // namespace ledger
