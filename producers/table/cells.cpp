#include "producers/table/cells.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "platform/limits.h"
#include "platform/sha256.h"
#include "platform/utf8.h"
#include "platform/words.h"

namespace ledger::table {

namespace {

// U+0020, tab, U+00A0, U+2007, U+2009, U+202F, U+FEFF.
constexpr std::array<std::string_view, 7> kSpaces{
    " ", "\t", "\xc2\xa0", "\xe2\x80\x87", "\xe2\x80\x89", "\xe2\x80\xaf", "\xef\xbb\xbf"};
constexpr std::string_view kMinusSign = "\xe2\x88\x92";  // U+2212

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

std::size_t space_at(std::string_view text) {
  for (const auto space : kSpaces) {
    if (text.starts_with(space)) return space.size();
  }
  return 0;
}

// The bytes of a separator of thousands that the text begins with.
std::size_t separator_at(std::string_view text, std::string_view separator) {
  if (separator.empty()) return 0;
  if (separator == " ") return space_at(text);
  return text.starts_with(separator) ? separator.size() : 0;
}

// Digits in groups, without what stands between them; nothing if they are not grouped by threes.
std::optional<std::string> digits_of(std::string_view whole, std::string_view separator) {
  std::string digits;
  std::size_t group = 0;
  bool grouped = false;
  while (!whole.empty()) {
    if (is_digit(whole.front())) {
      digits += whole.front();
      ++group;
      whole.remove_prefix(1);
      continue;
    }
    const std::size_t separated = separator_at(whole, separator);
    const bool fits = grouped ? group == 3 : group >= 1 && group <= 3;
    if (separated == 0 || !fits) return std::nullopt;
    grouped = true;
    group = 0;
    whole.remove_prefix(separated);
  }
  if (digits.empty() || (grouped && group != 3)) return std::nullopt;
  return digits;
}

struct NumericCode {
  std::string_view number, code;
};
constexpr std::array kNumericCodes{NumericCode{"980", "UAH"}, NumericCode{"978", "EUR"},
                                   NumericCode{"840", "USD"}, NumericCode{"985", "PLN"},
                                   NumericCode{"826", "GBP"}, NumericCode{"756", "CHF"}};

}  // namespace

std::string_view trimmed(std::string_view cell) {
  while (const std::size_t space = space_at(cell)) cell.remove_prefix(space);
  for (bool again = true; again;) {
    again = false;
    for (const auto space : kSpaces) {
      if (!cell.ends_with(space)) continue;
      cell.remove_suffix(space.size());
      again = true;
    }
  }
  return cell;
}

Result<DateFormat> DateFormat::parse(std::string_view format, const std::string& field) {
  const auto wrong = [&](std::string_view why) {
    return fail(ErrorCode::kInvalidField,
                fmt::format("'{}' {}; a format is like dd.mm.yyyy or yyyy-mm-dd HH:MM:SS",
                            excerpt(format), why),
                field);
  };
  DateFormat read;
  read.text_ = format;
  std::string letters;
  while (!format.empty()) {
    const char letter = format.front();
    if (!is_letter(letter)) {
      read.parts_.push_back({.letter = 0, .literal = letter});
      format.remove_prefix(1);
      continue;
    }
    if (std::string_view("dmyHMS").find(letter) == std::string_view::npos) {
      return wrong("has a letter that stands for nothing");
    }
    if (letters.find(letter) != std::string::npos) return wrong("has a part twice");
    letters += letter;
    const std::size_t count = std::min(format.find_first_not_of(letter), format.size());
    const bool fits = letter == 'y' ? count == 2 || count == 4 : count <= 2;
    if (!fits) return wrong("has a part of another length");
    // One letter stands for one digit or two.
    read.parts_.push_back(
        {.letter = letter, .digits_min = count, .digits_max = std::max<std::size_t>(count, 2)});
    format.remove_prefix(count);
  }
  for (const char needed : {'d', 'm', 'y'}) {
    if (letters.find(needed) == std::string::npos) return wrong("lacks day, month or year");
  }
  if (letters.find('H') == std::string::npos && letters.size() > 3) {
    return wrong("has minutes without hours");
  }
  return read;
}

bool DateFormat::has_time() const {
  return std::any_of(parts_.begin(), parts_.end(),
                     [](const Part& part) { return part.letter == 'H'; });
}

Result<DateFormat::Moment> DateFormat::read(std::string_view cell, const std::string& field) const {
  if (cell.empty()) return fail(ErrorCode::kMissingField, "the cell is empty", field);
  const auto wrong = [&, all = cell] {
    return fail(ErrorCode::kInvalidField,
                fmt::format("'{}' is not a date written as {}", excerpt(all), text_), field);
  };
  std::map<char, int> values;
  for (const auto& part : parts_) {
    if (part.letter == 0) {
      if (!cell.starts_with(part.literal)) return wrong();
      cell.remove_prefix(1);
      continue;
    }
    std::size_t digits = 0;
    int value = 0;
    while (digits < part.digits_max && digits < cell.size() && is_digit(cell[digits])) {
      value = value * 10 + (cell[digits++] - '0');
    }
    if (digits < part.digits_min) return wrong();
    if (part.letter == 'y' && part.digits_max == 2) value += 2000;
    values[part.letter] = value;
    cell.remove_prefix(digits);
  }
  if (!cell.empty()) return wrong();
  auto day = parse_date(fmt::format("{:04}-{:02}-{:02}", values['y'], values['m'], values['d']));
  if (!day) return fail(day.error().code, day.error().message, field);
  Moment moment{*day, std::nullopt};
  if (!has_time()) return moment;
  if (values['H'] > 23 || values['M'] > 59 || values['S'] > 59) return wrong();
  moment.time = std::chrono::seconds(values['H'] * 3600 + values['M'] * 60 + values['S']);
  return moment;
}

Result<AmountFormat> AmountFormat::from(Profile& profile) {
  AmountFormat format;
  LEDGER_TRY(const std::string mark, profile.text_or("amount.decimal", ""));
  const std::string_view decimal = mark;
  if (decimal != "," && decimal != ".") {
    return fail(decimal.empty() ? ErrorCode::kMissingField : ErrorCode::kInvalidField,
                "is , or . and has to be said: 1,234 is two amounts", "amount.decimal");
  }
  format.decimal = decimal.front();
  LEDGER_TRY(format.thousands, profile.text_or("amount.thousands", " "));
  const bool known = format.thousands.empty() || format.thousands == " " ||
                     format.thousands == "." || format.thousands == "," || format.thousands == "'";
  if (!known || format.thousands == decimal) {
    return fail(ErrorCode::kInvalidField,
                "is a space (any), a dot, a comma, ' or nothing, and another than the decimal mark",
                "amount.thousands");
  }
  return format;
}

Result<Money> AmountFormat::read(std::string_view cell, const Currency& currency,
                                 const std::string& field) const {
  const auto wrong = [&, all = cell] {
    return fail(ErrorCode::kInvalidField,
                fmt::format("'{}' is not an amount with '{}' before the hundredths and {} between "
                            "thousands, as the profile says",
                            excerpt(all), decimal,
                            thousands.empty()  ? std::string("nothing")
                            : thousands == " " ? std::string("spaces")
                                               : fmt::format("'{}'", thousands)),
                field);
  };
  if (cell.empty()) return fail(ErrorCode::kMissingField, "the cell is empty", field);
  std::string plain;
  if (cell.starts_with('-') || cell.starts_with(kMinusSign)) {
    plain = "-";
    cell.remove_prefix(cell.front() == '-' ? 1 : kMinusSign.size());
  } else if (cell.starts_with('+')) {
    cell.remove_prefix(1);
  }
  cell = trimmed(cell);
  const std::size_t point = cell.find(decimal);
  const auto digits = digits_of(cell.substr(0, point), thousands);
  if (!digits) return wrong();
  plain += *digits;
  if (point != std::string_view::npos) {
    const std::string_view fraction = cell.substr(point + 1);
    if (fraction.empty() || !std::all_of(fraction.begin(), fraction.end(), is_digit))
      return wrong();
    plain += '.';
    plain += fraction;
  }
  auto money = parse_decimal(plain, currency);
  if (!money) return fail(money.error().code, money.error().message, field);
  return money;
}

Result<CurrencyRule> CurrencyRule::from(Profile& profile) {
  CurrencyRule rule;
  LEDGER_TRY(const auto fixed, profile.text("currency.fixed"));
  LEDGER_TRY(rule.column, profile.column("currency.column"));
  if (fixed.has_value() == rule.column.has_value()) {
    return fail(ErrorCode::kMissingField,
                "is one of the two: currency.fixed = \"UAH\", or currency.column", "currency");
  }
  if (fixed) {
    auto currency = Currency::parse(*fixed);
    if (!currency) {
      return fail(currency.error().code, currency.error().message, "currency.fixed");
    }
    rule.fixed = *std::move(currency);
  }
  LEDGER_TRY(const auto words, profile.words("currency_words"));
  for (const auto& [word, code] : words) {
    auto currency = Currency::parse(code);
    if (!currency) return fail(currency.error().code, currency.error().message, "currency_words");
    rule.words.emplace(fold_words(word), code);
  }
  return rule;
}

Result<Currency> CurrencyRule::read(std::string_view cell) const {
  if (fixed) return *fixed;
  const auto word = words.find(fold_words(cell));
  std::string code = word == words.end() ? std::string(cell) : word->second;
  for (const auto& [number, letters] : kNumericCodes) {
    if (code == number) code = letters;
  }
  auto currency = Currency::parse(code);
  if (!currency) return fail(currency.error().code, currency.error().message, "currency");
  return currency;
}

std::string as_id(std::string_view cell, std::string_view prefix) {
  constexpr std::size_t kDigits = 32;
  constexpr std::size_t kReadableBytesMax = 100;
  if (cell.size() <= kReadableBytesMax && check_id(cell)) return std::string(cell);
  return std::string(prefix) + to_hex(sha256(cell)).substr(0, kDigits);
}

}  // namespace ledger::table
