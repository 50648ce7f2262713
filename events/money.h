#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "events/fields.h"
#include "platform/result.h"

namespace ledger {

// An ISO 4217 code that the trade uses; the list with its exponents is in money.cpp.
class Currency {
 public:
  Currency() = default;  // UAH
  // kInvalidField for a code that is not in the list.
  [[nodiscard]] static Result<Currency> parse(std::string_view code);
  [[nodiscard]] const std::string& text() const { return code_; }
  // Decimal digits of the minor unit: UAH 2, JPY 0, KWD 3.
  [[nodiscard]] int exponent() const;
  auto operator<=>(const Currency&) const = default;

 private:
  std::string code_ = "UAH";
};

// Money is minor units and a currency, never a double. Currencies are never summed or netted.
struct Money {
  std::int64_t amount_minor = 0;
  Currency currency;

  static void fields(auto&& field) {
    field("amount_minor", &Money::amount_minor);
    field("currency", &Money::currency);
  }
  auto operator<=>(const Money&) const = default;
};

// kOutOfRange beyond int64.
[[nodiscard]] Result<std::int64_t> add_checked(std::int64_t left, std::int64_t right);

// "1234.5" UAH -> 123450. A dot as the decimal point, no grouping, an optional sign. More decimals
// than the currency has are accepted only where they are zero (kInvalidField otherwise).
[[nodiscard]] Result<Money> parse_decimal(std::string_view amount, const Currency& currency);
// 123450 UAH -> "1234.50".
[[nodiscard]] std::string format_decimal(const Money& money);

}  // namespace ledger
