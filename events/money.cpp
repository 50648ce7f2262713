#include "events/money.h"

#include <fmt/format.h>

#include <array>

#include "platform/utf8.h"

namespace ledger {

namespace {

struct CurrencyRow {
  std::string_view code;
  int exponent;
};
// ISO 4217, the currencies a Ukrainian wholesale house meets, and one of each other exponent.
constexpr std::array kCurrencies{
    CurrencyRow{"UAH", 2}, CurrencyRow{"EUR", 2}, CurrencyRow{"USD", 2}, CurrencyRow{"PLN", 2},
    CurrencyRow{"GBP", 2}, CurrencyRow{"CHF", 2}, CurrencyRow{"CZK", 2}, CurrencyRow{"HUF", 2},
    CurrencyRow{"RON", 2}, CurrencyRow{"MDL", 2}, CurrencyRow{"BGN", 2}, CurrencyRow{"SEK", 2},
    CurrencyRow{"NOK", 2}, CurrencyRow{"DKK", 2}, CurrencyRow{"TRY", 2}, CurrencyRow{"GEL", 2},
    CurrencyRow{"KZT", 2}, CurrencyRow{"CAD", 2}, CurrencyRow{"AUD", 2}, CurrencyRow{"CNY", 2},
    CurrencyRow{"JPY", 0}, CurrencyRow{"KWD", 3}};

const CurrencyRow* find_currency(std::string_view code) {
  for (const auto& row : kCurrencies) {
    if (row.code == code) return &row;
  }
  return nullptr;
}

}  // namespace

Result<Currency> Currency::parse(std::string_view code) {
  if (find_currency(code) == nullptr) {
    return fail(
        ErrorCode::kInvalidField,
        fmt::format("'{}' is not an ISO 4217 currency this ledger keeps", excerpt(code, 12)));
  }
  Currency currency;
  currency.code_ = code;
  return currency;
}

int Currency::exponent() const { return find_currency(code_)->exponent; }

Result<std::int64_t> add_checked(std::int64_t left, std::int64_t right) {
  std::int64_t sum = 0;
  if (__builtin_add_overflow(left, right, &sum)) {
    return fail(ErrorCode::kOutOfRange, "the sum does not fit into 64 bits of minor units");
  }
  return sum;
}

Result<Money> parse_decimal(std::string_view amount, const Currency& currency) {
  const auto wrong = [&](std::string_view why) {
    return fail(ErrorCode::kInvalidField,
                fmt::format("'{}' {} ({} has {} decimals)", excerpt(amount), why, currency.text(),
                            currency.exponent()));
  };
  std::string_view rest = amount;
  const bool negative = rest.starts_with('-');
  if (negative || rest.starts_with('+')) rest.remove_prefix(1);
  const std::size_t point = rest.find('.');
  const std::string_view whole = rest.substr(0, point);
  std::string decimals(point == std::string_view::npos ? "" : rest.substr(point + 1));
  if (whole.empty() || (point != std::string_view::npos && decimals.empty())) {
    return wrong("is not an amount");
  }
  const auto exponent = static_cast<std::size_t>(currency.exponent());
  while (decimals.size() > exponent && decimals.back() == '0') decimals.pop_back();
  if (decimals.size() > exponent) return wrong("has more decimals than the currency");
  decimals.resize(exponent, '0');
  std::int64_t minor = 0;
  bool fits = true;
  for (const char c : std::string(whole) + decimals) {
    if (c < '0' || c > '9') return wrong("is not an amount");
    // Towards its sign, since the least int64 has no positive counterpart.
    const std::int64_t digit = negative ? '0' - c : c - '0';
    fits = fits && !__builtin_mul_overflow(minor, std::int64_t{10}, &minor) &&
           !__builtin_add_overflow(minor, digit, &minor);
  }
  if (!fits) {
    return fail(ErrorCode::kOutOfRange, "the amount does not fit into 64 bits of minor units");
  }
  return Money{minor, currency};
}

std::string format_decimal(const Money& money) {
  const int exponent = money.currency.exponent();
  const bool negative = money.amount_minor < 0;
  // Through unsigned, so that the least int64 has a magnitude.
  auto magnitude = static_cast<std::uint64_t>(money.amount_minor);
  if (negative) magnitude = ~magnitude + 1;
  auto digits = fmt::format("{:0{}}", magnitude, exponent + 1);
  if (exponent > 0) digits.insert(digits.size() - static_cast<std::size_t>(exponent), ".");
  return (negative ? "-" : "") + digits;
}

}  // namespace ledger
