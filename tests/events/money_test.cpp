// Goal: amounts never change on their way through text, and never wrap around. Method: tables of
// both directions and both ends of int64.
#include "events/money.h"

#include <limits>

#include "tests/events/samples.h"
#include "tests/events/spelled.h"
#include "tests/support/catch.h"

namespace ledger::testing {

namespace {

constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min();

Currency currency(std::string_view code) { return must(Currency::parse(code)); }

std::int64_t minor(std::string_view amount, std::string_view code) {
  return must(parse_decimal(amount, currency(code))).amount_minor;
}

}  // namespace

TEST_CASE("money: decimals are read as minor units of the currency", "[events][money]") {
  CHECK(minor("1234.50", "UAH") == 123450);
  CHECK(minor("1234.5", "UAH") == 123450);
  CHECK(minor("1234", "UAH") == 123400);
  CHECK(minor("0.01", "UAH") == 1);
  CHECK(minor("-0.01", "UAH") == -1);
  CHECK(minor("+15", "EUR") == 1500);
  CHECK(minor("0", "UAH") == 0);
  CHECK(minor("-0", "UAH") == 0);
  CHECK(minor("007.10", "UAH") == 710);
  CHECK(minor("1234", "JPY") == 1234);
  CHECK(minor("1.234", "KWD") == 1234);
  CHECK(minor("1.2", "KWD") == 1200);
}

TEST_CASE("money: decimals beyond the currency's are zero or refused", "[events][money]") {
  CHECK(minor("1.5000", "UAH") == 150);
  CHECK(minor("7.000", "JPY") == 7);
  CHECK(minor("1.23400", "KWD") == 1234);
  CHECK(verdict(parse_decimal("1.505", currency("UAH"))) == "invalid-field");
  CHECK(verdict(parse_decimal("7.5", currency("JPY"))) == "invalid-field");
  CHECK(verdict(parse_decimal("1.2345", currency("KWD"))) == "invalid-field");
}

TEST_CASE("money: what is no amount is refused", "[events][money]") {
  for (const std::string_view text :
       {"",     "-",   "+",   ".",     "1.", ".5", "-.5", "1,5",  "1 000", "1'000",  "1e3",
        "0x10", "--1", "+-1", "1.2.3", " 1", "1 ", "NaN", "1.-5", "١",     "1.5 UAH"}) {
    INFO(text);
    CHECK(verdict(parse_decimal(text, currency("UAH"))) == "invalid-field");
  }
}

TEST_CASE("money: int64 is read to both its ends and not beyond", "[events][money]") {
  CHECK(minor("92233720368547758.07", "UAH") == kMost);
  CHECK(minor("-92233720368547758.08", "UAH") == kLeast);
  CHECK(minor("9223372036854775807", "JPY") == kMost);
  CHECK(verdict(parse_decimal("92233720368547758.08", currency("UAH"))) == "out-of-range");
  CHECK(verdict(parse_decimal("-92233720368547758.09", currency("UAH"))) == "out-of-range");
  CHECK(verdict(parse_decimal("92233720368547758080", currency("JPY"))) == "out-of-range");
  CHECK(verdict(parse_decimal(std::string(60, '9'), currency("UAH"))) == "out-of-range");
}

TEST_CASE("money: amounts are written with all decimals of the currency", "[events][money]") {
  CHECK(format_decimal({123450, currency("UAH")}) == "1234.50");
  CHECK(format_decimal({5, currency("UAH")}) == "0.05");
  CHECK(format_decimal({-5, currency("UAH")}) == "-0.05");
  CHECK(format_decimal({0, currency("UAH")}) == "0.00");
  CHECK(format_decimal({1234, currency("JPY")}) == "1234");
  CHECK(format_decimal({0, currency("JPY")}) == "0");
  CHECK(format_decimal({1, currency("KWD")}) == "0.001");
  CHECK(format_decimal({kMost, currency("UAH")}) == "92233720368547758.07");
  CHECK(format_decimal({kLeast, currency("UAH")}) == "-92233720368547758.08");
}

TEST_CASE("money: what was written is read back", "[events][money]") {
  for (const std::string_view code : {"UAH", "JPY", "KWD"}) {
    for (const std::int64_t amount : {kLeast, kLeast + 1, std::int64_t{-100}, std::int64_t{-1},
                                      std::int64_t{0}, std::int64_t{99}, kMost}) {
      const Money money{amount, currency(code)};
      INFO(format_decimal(money));
      CHECK(must(parse_decimal(format_decimal(money), money.currency)) == money);
    }
  }
}

TEST_CASE("money: sums are checked", "[events][money]") {
  CHECK(must(add_checked(kMost - 1, 1)) == kMost);
  CHECK(must(add_checked(kLeast, kMost)) == -1);
  CHECK(verdict(add_checked(kMost, 1)) == "out-of-range");
  CHECK(verdict(add_checked(kLeast, -1)) == "out-of-range");
}

TEST_CASE("money: currencies are those of the list, in capital letters", "[events][money]") {
  CHECK(Currency().text() == "UAH");
  CHECK(currency("UAH").exponent() == 2);
  CHECK(currency("JPY").exponent() == 0);
  CHECK(currency("KWD").exponent() == 3);
  for (const std::string_view code : {"", "uah", "UA", "UAHH", "RUB", "XXX", " UAH", "₴"}) {
    CHECK(verdict(Currency::parse(code)) == "invalid-field");
  }
}

}  // namespace ledger::testing
