#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ledger::telephony {

// By what an exchange's own numbers are told from those of the world.
struct HouseNumbers {
  std::vector<std::string> own_numbers = {};  // outside numbers of the house, in any spelling
  std::size_t extension_digits_max = 6;       // the longest that normalise_phone leaves
};

enum class Side {
  kExtension,  // 2 to extension_digits_max digits; one digit is a choice in a voice menu
  kOwn,        // an outside number of the house
  kOutside,    // a number, and not ours
  kNameless,   // nothing, "anonymous", a feature code, a name
};

[[nodiscard]] Side side_of(std::string_view party, const HouseNumbers& house);

}  // namespace ledger::telephony
