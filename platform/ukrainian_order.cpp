#include "platform/ukrainian_order.h"

#include <algorithm>
#include <array>

#include "platform/words.h"

namespace ledger {

namespace {

constexpr std::array<std::string_view, 33> kLetters{
    "а", "б", "в", "г", "ґ", "д", "е", "є", "ж", "з", "и", "і", "ї", "й", "к", "л", "м",
    "н", "о", "п", "р", "с", "т", "у", "ф", "х", "ц", "ч", "ш", "щ", "ь", "ю", "я"};
constexpr std::array<std::string_view, 4> kApostrophes{"'", "\u2019", "\u02bc", "`"};

// U+0400 and on, before all letters of the alphabet that Unicode has.
constexpr char kLead = '\xd0';
constexpr unsigned kFirst = 0x80;

}  // namespace

std::string in_ukrainian_order(std::string_view text) {
  const std::string folded = fold_words(text);
  std::string_view rest = folded;
  std::string key;
  key.reserve(folded.size());
  while (!rest.empty()) {
    const auto begins = [&](std::string_view one) { return rest.starts_with(one); };
    const auto* const letter = std::find_if(kLetters.begin(), kLetters.end(), begins);
    const auto* const apostrophe = std::find_if(kApostrophes.begin(), kApostrophes.end(), begins);
    if (letter != kLetters.end()) {
      key += kLead;
      key += static_cast<char>(kFirst + static_cast<unsigned>(letter - kLetters.begin()));
      rest.remove_prefix(letter->size());
    } else if (apostrophe != kApostrophes.end()) {
      rest.remove_prefix(apostrophe->size());
    } else {
      key += rest.front();
      rest.remove_prefix(1);
    }
  }
  return key;
}

}  // namespace ledger
