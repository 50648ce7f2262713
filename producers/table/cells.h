#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/business_zone.h"
#include "events/ids.h"
#include "events/money.h"
#include "platform/clock.h"
#include "platform/result.h"
#include "producers/table/profile.h"

// What stands in one cell of a table, as the profile says that it is written.
namespace ledger::table {

// Without the spaces around it, also those that do not break.
[[nodiscard]] std::string_view trimmed(std::string_view cell);

// "dd.mm.yyyy HH:MM:SS": d, m, H in one or two digits, dd, mm, yy, yyyy, HH, MM, SS in as many as
// they have letters; every other character stands for itself. A year of two digits is of this
// century.
class DateFormat {
 public:
  // kInvalidField: no day, month or year, a part twice, another letter.
  [[nodiscard]] static Result<DateFormat> parse(std::string_view format, const std::string& field);

  struct Moment {
    Date day;
    std::optional<std::chrono::seconds> time;  // since midnight, where the format has hours
  };
  // kInvalidField: another form, a day that does not exist. kOutOfRange: beyond the ledger's years.
  [[nodiscard]] Result<Moment> read(std::string_view cell, const std::string& field) const;
  [[nodiscard]] bool has_time() const;

 private:
  struct Part {
    char letter;  // d m y H M S, or 0 for a character that stands for itself
    std::size_t digits_min = 0;
    std::size_t digits_max = 0;
    char literal = 0;
  };
  std::string text_;
  std::vector<Part> parts_;
};

// How amounts are written: what stands before the hundredths, and between the thousands ("" for
// nothing; " " is any space, also one that does not break).
struct AmountFormat {
  char decimal = ',';
  std::string thousands = " ";

  // amount.decimal, amount.thousands.
  [[nodiscard]] static Result<AmountFormat> from(Profile& profile);
  // May be negative. kInvalidField: not so written, thousands that are not of three digits, more
  // decimals than the currency has.
  [[nodiscard]] Result<Money> read(std::string_view cell, const Currency& currency,
                                   const std::string& field) const;
};

// The currency of a row: the same in all, or in a column, by its ISO 4217 code, letters or number,
// or by a word of the house's own ("грн").
struct CurrencyRule {
  std::optional<Currency> fixed;
  std::optional<Column> column;
  std::map<std::string, std::string> words;

  // currency.fixed or currency.column, [currency_words].
  [[nodiscard]] static Result<CurrencyRule> from(Profile& profile);
  [[nodiscard]] Result<Currency> read(std::string_view cell) const;
};

// The cell as an id of the ledger's: as it is where it can be one, else its digest with the prefix.
[[nodiscard]] std::string as_id(std::string_view cell, std::string_view prefix);

}  // namespace ledger::table
