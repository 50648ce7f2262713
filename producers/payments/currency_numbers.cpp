#include "producers/payments/currency_numbers.h"

#include <fmt/format.h>

#include <array>

namespace ledger::bank {

namespace {

struct Numbered {
  std::int64_t number;
  std::string_view code;
};
// Of each currency in events/money.cpp, where its exponent is.
constexpr std::array kNumbers{
    Numbered{980, "UAH"}, Numbered{978, "EUR"}, Numbered{840, "USD"}, Numbered{985, "PLN"},
    Numbered{826, "GBP"}, Numbered{756, "CHF"}, Numbered{203, "CZK"}, Numbered{348, "HUF"},
    Numbered{946, "RON"}, Numbered{498, "MDL"}, Numbered{975, "BGN"}, Numbered{752, "SEK"},
    Numbered{578, "NOK"}, Numbered{208, "DKK"}, Numbered{949, "TRY"}, Numbered{981, "GEL"},
    Numbered{398, "KZT"}, Numbered{124, "CAD"}, Numbered{36, "AUD"},  Numbered{156, "CNY"},
    Numbered{392, "JPY"}, Numbered{414, "KWD"}};

}  // namespace

Result<Currency> currency_numbered(std::int64_t number) {
  for (const auto& row : kNumbers) {
    if (row.number == number) return Currency::parse(row.code);
  }
  return fail(ErrorCode::kInvalidField,
              fmt::format("{} is not the number of a currency that this ledger keeps", number));
}

}  // namespace ledger::bank
