#include "producers/telephony/sides.h"

#include <algorithm>

#include "events/phone.h"

namespace ledger::telephony {

namespace {

constexpr std::size_t kExtensionDigitsMin = 2;

bool is_own(std::string_view party, const HouseNumbers& house) {
  const auto phone = normalise_phone(party);
  return std::any_of(house.own_numbers.begin(), house.own_numbers.end(),
                     [&](const std::string& own) {
                       return own == party || (phone && normalise_phone(own) == phone);
                     });
}

}  // namespace

Side side_of(std::string_view party, const HouseNumbers& house) {
  const bool digits =
      std::all_of(party.begin(), party.end(), [](char c) { return c >= '0' && c <= '9'; });
  // "0000000000" is what exchanges show of a caller that they do not know.
  if (party.find_first_not_of('0') == std::string_view::npos) return Side::kNameless;
  if (is_own(party, house)) return Side::kOwn;
  if (digits && party.size() < kExtensionDigitsMin) return Side::kNameless;
  if (digits && party.size() <= house.extension_digits_max) return Side::kExtension;
  // A number that cannot be normalised (a city number, a trunk prefix) is outside all the same.
  return digits || normalise_phone(party) ? Side::kOutside : Side::kNameless;
}

}  // namespace ledger::telephony
