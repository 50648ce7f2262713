#include "producers/telephony/country_codes.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace ledger::telephony {

namespace {

struct Country {
  std::string_view code;
  // Digits behind the code.
  std::size_t least;
  std::size_t most;
};

constexpr std::size_t kLeast = 5;
constexpr std::size_t kMost = 11;

// Those whose numbers are shorter, longer or all alike. No code begins with another.
constexpr std::array kCountries{
    Country{"1", 10, 10},  Country{"7", 10, 10}, Country{"33", 9, 9},  Country{"34", 9, 9},
    Country{"380", 9, 10}, Country{"40", 9, 9},  Country{"420", 9, 9}, Country{"421", 9, 9},
    Country{"43", 4, 13},  Country{"45", 8, 8},  Country{"47", 8, 8},  Country{"48", 9, 9},
    Country{"49", 6, 13},  Country{"359", 7, 9}, Country{"370", 8, 8}, Country{"371", 8, 8},
    Country{"372", 7, 10}, Country{"373", 8, 8}, Country{"375", 9, 9}, Country{"90", 10, 10},
    Country{"995", 9, 9},
};

// The other codes that are assigned, by their first digits.
constexpr std::array<std::string_view, 29> kTwoDigits{
    "20", "27", "30", "31", "32", "36", "39", "41", "44", "46", "51", "52", "53", "54", "55",
    "56", "57", "58", "60", "61", "62", "63", "64", "65", "66", "81", "82", "84", "86"};
constexpr std::array<std::string_view, 6> kTwoDigitsOfAsia{"91", "92", "93", "94", "95", "98"};

struct Range {
  std::string_view first;
  std::string_view last;
};
constexpr std::array kThreeDigits{
    Range{"211", "213"}, Range{"216", "216"}, Range{"218", "218"}, Range{"220", "258"},
    Range{"260", "269"}, Range{"290", "291"}, Range{"297", "299"}, Range{"350", "358"},
    Range{"374", "374"}, Range{"376", "378"}, Range{"381", "383"}, Range{"385", "387"},
    Range{"389", "389"}, Range{"423", "423"}, Range{"500", "509"}, Range{"590", "599"},
    Range{"670", "670"}, Range{"672", "683"}, Range{"685", "692"}, Range{"800", "800"},
    Range{"808", "808"}, Range{"850", "850"}, Range{"852", "853"}, Range{"855", "856"},
    Range{"870", "870"}, Range{"878", "878"}, Range{"880", "883"}, Range{"886", "886"},
    Range{"888", "888"}, Range{"960", "968"}, Range{"970", "977"}, Range{"979", "979"},
    Range{"992", "994"}, Range{"996", "996"}, Range{"998", "998"},
};

// 0: no code stands there.
std::size_t length_of_other_code(std::string_view digits) {
  const auto is_two = [&](const auto& codes) {
    return std::find(codes.begin(), codes.end(), digits.substr(0, 2)) != codes.end();
  };
  if (is_two(kTwoDigits) || is_two(kTwoDigitsOfAsia)) return 2;
  const std::string_view three = digits.substr(0, 3);
  const bool is_three =
      std::any_of(kThreeDigits.begin(), kThreeDigits.end(),
                  [&](const Range& range) { return three >= range.first && three <= range.last; });
  return is_three ? 3 : 0;
}

}  // namespace

bool is_plausibly_international(std::string_view digits) {
  const auto* const country =
      std::find_if(kCountries.begin(), kCountries.end(),
                   [&](const Country& one) { return digits.starts_with(one.code); });
  if (country != kCountries.end()) {
    const std::size_t behind = digits.size() - country->code.size();
    return behind >= country->least && behind <= country->most;
  }
  const std::size_t code = length_of_other_code(digits);
  return code != 0 && digits.size() >= code + kLeast && digits.size() <= code + kMost;
}

}  // namespace ledger::telephony
