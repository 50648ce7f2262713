#include "producers/payments/mt940/entry.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cstdlib>
#include <utility>

#include "events/identifiers.h"
#include "platform/utf8.h"

namespace ledger::mt940 {

namespace {

constexpr int kFirstYearOfLastCentury = 80;  // "89" is 1989, "26" is 2026
constexpr int kDaysApartMax = 183;

bool is_digit(char c) { return '0' <= c && c <= '9'; }
bool is_upper(char c) { return 'A' <= c && c <= 'Z'; }

std::string digits_of(std::string_view& rest, std::size_t count) {
  if (rest.size() < count ||
      !std::all_of(rest.begin(), rest.begin() + std::ptrdiff_t(count), is_digit)) {
    return {};
  }
  const std::string digits(rest.substr(0, count));
  rest.remove_prefix(count);
  return digits;
}

int number(std::string_view digits) {
  int value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

int full_year(std::string_view two) {
  const int year = number(two);
  return year >= kFirstYearOfLastCentury ? 1900 + year : 2000 + year;
}

Result<Date> day_of(int year, std::string_view month_and_day, std::string_view field) {
  auto date = parse_date(
      fmt::format("{:04}-{}-{}", year, month_and_day.substr(0, 2), month_and_day.substr(2, 2)));
  if (date) return date;
  return fail(
      date.error().code,
      fmt::format("is {:04}-{}-{}, no day that can be booked on; ask the bank for the right "
                  "one",
                  year, month_and_day.substr(0, 2), month_and_day.substr(2, 2)),
      std::string(field));
}

// "1234,5", "D9,": a comma is the point, and what may stand behind it may be missing.
Result<Money> parse_amount(std::string_view text, const Currency& currency,
                           std::string_view field) {
  std::string plain(text);
  std::replace(plain.begin(), plain.end(), ',', '.');
  if (plain.ends_with('.')) plain.pop_back();
  auto money = parse_decimal(plain, currency);
  if (money) return money;
  Error error = std::move(money).error();
  error.field = field;
  return tl::unexpected(std::move(error));
}

std::string_view amount_at(std::string_view text) {
  const auto end = std::find_if_not(text.begin(), text.end(),
                                    [](char c) { return is_digit(c) || c == ',' || c == '.'; });
  return text.substr(0, static_cast<std::size_t>(end - text.begin()));
}

std::optional<Side> side_at(std::string_view& rest) {
  struct Mark {
    std::string_view text;
    Side side;
  };
  // Two letters first: a credit's funds code may be an R, but stands behind its C.
  constexpr std::array kMarks{Mark{"RC", Side::kReversedCredit}, Mark{"RD", Side::kReversedDebit},
                              Mark{"EC", Side::kExpected},       Mark{"ED", Side::kExpected},
                              Mark{"C", Side::kCredit},          Mark{"D", Side::kDebit}};
  for (const auto& mark : kMarks) {
    if (!rest.starts_with(mark.text)) continue;
    rest.remove_prefix(mark.text.size());
    return mark.side;
  }
  return std::nullopt;
}

// What follows is the type, or nothing: "1 100," is no 1.
bool ends_amount(std::string_view rest) {
  while (rest.starts_with(' ')) rest.remove_prefix(1);
  return rest.empty() || is_upper(rest.front());
}

tl::unexpected<Error> unreadable(std::string_view line, std::string_view what) {
  return fail(
      ErrorCode::kMalformed,
      fmt::format("'{}' has no {}; fetch the file again from the bank", excerpt(line), what), "61");
}

// "NTRFreference//bank's reference"; the letter before the type may be N, F or S.
void take_type(std::string_view rest, Entry& entry) {
  constexpr std::size_t kType = 4;
  entry.type = rest.size() > 1 ? rest.substr(1, kType - 1) : "";
  rest.remove_prefix(std::min(kType, rest.size()));
  const std::size_t bank = rest.find("//");
  entry.reference = rest.substr(0, bank);
  if (bank != std::string_view::npos) entry.bank_reference = rest.substr(bank + 2);
}

}  // namespace

std::int64_t Entry::booked() const {
  switch (side) {
    case Side::kCredit:
    case Side::kReversedDebit:
      return amount.amount_minor;
    case Side::kDebit:
    case Side::kReversedCredit:
      return -amount.amount_minor;
    case Side::kExpected:
      break;
  }
  return 0;
}

Result<Entry> parse_entry(std::string_view line, const Currency& currency) {
  Entry entry;
  std::string_view rest = line;
  entry.value_day = digits_of(rest, 6);
  if (entry.value_day.empty()) return unreadable(line, "value date YYMMDD at its beginning");
  entry.entry_day = digits_of(rest, 4);
  const auto side = side_at(rest);
  if (!side) return unreadable(line, "C, D, RC or RD behind its dates");
  entry.side = *side;
  if (!rest.empty() && is_upper(rest.front())) rest.remove_prefix(1);  // the funds code
  const std::string_view amount = amount_at(rest);
  if (amount.empty()) return unreadable(line, "amount");
  if (!ends_amount(rest.substr(amount.size()))) return unreadable(line, "amount that can be read");
  LEDGER_TRY(entry.amount, parse_amount(amount, currency, "61"));
  take_type(rest.substr(amount.size()), entry);
  return entry;
}

Result<Days> days_of(const Entry& entry) {
  const int year = full_year(std::string_view(entry.value_day).substr(0, 2));
  LEDGER_TRY(const Date value_on,
             day_of(year, std::string_view(entry.value_day).substr(2), "61 value date"));
  if (entry.entry_day.empty()) return Days{value_on, value_on};
  std::optional<Date> nearest;
  for (const int candidate : {year, year - 1, year + 1}) {
    const auto day = day_of(candidate, entry.entry_day, "61 entry date");
    if (!day) continue;
    if (std::abs(days_between(value_on, *day)) <= kDaysApartMax && !nearest) nearest = *day;
  }
  if (nearest) return Days{value_on, *nearest};
  LEDGER_TRY(const Date same_year, day_of(year, entry.entry_day, "61 entry date"));
  return fail(
      ErrorCode::kInvalidField,
      fmt::format("is {}, half a year from the value date {}; ask the bank for the right one",
                  format_date(same_year), format_date(value_on)),
      "61 entry date");
}

Result<Balance> parse_balance(std::string_view text, const std::optional<Currency>& currency) {
  const auto wrong = [&](std::string_view what) {
    return fail(ErrorCode::kMalformed,
                fmt::format("'{}' has no {}; it reads C or D, YYMMDD, currency, amount",
                            excerpt(text), what),
                "balance");
  };
  std::string_view rest = text;
  const bool debit = rest.starts_with('D');
  if (!debit && !rest.starts_with('C')) return wrong("C or D at its beginning");
  rest.remove_prefix(1);
  const std::string day = digits_of(rest, 6);
  if (day.empty()) return wrong("date");
  Balance balance;
  LEDGER_TRY(balance.day, day_of(full_year(std::string_view(day).substr(0, 2)),
                                 std::string_view(day).substr(2), "balance"));
  Currency in;
  if (const std::string_view code = rest.substr(0, 3);
      code.size() == 3 && std::all_of(code.begin(), code.end(), is_upper)) {
    LEDGER_TRY(in, Currency::parse(code));
    rest.remove_prefix(code.size());
  } else if (currency) {
    in = *currency;
  } else {
    return wrong("currency");
  }
  if (rest.empty() || amount_at(rest).size() != rest.size()) return wrong("amount");
  LEDGER_TRY(balance.amount, parse_amount(rest, in, "balance"));
  if (debit) balance.amount.amount_minor = -balance.amount.amount_minor;
  return balance;
}

std::string account_of(std::string_view text, const Currency& currency) {
  std::string account(text);
  std::erase(account, ' ');
  const auto without_currency = [&](std::string_view part) {
    return part.ends_with(currency.text()) ? part.substr(0, part.size() - currency.text().size())
                                           : part;
  };
  // "bank's code/IBAN", "/IBAN", "IBAN/currency"
  std::string_view rest = account;
  while (!rest.empty()) {
    const std::string_view part = rest.substr(0, rest.find('/'));
    for (const auto one : {part, without_currency(part)}) {
      if (auto iban = Iban::parse(one)) return iban->text();
    }
    rest.remove_prefix(std::min(part.size() + 1, rest.size()));
  }
  return std::string(without_currency(account));
}

Number number_of(std::string_view text) {
  const auto read = [](std::string_view digits) -> std::optional<std::int64_t> {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (digits.empty() || !is_digit(digits.front()) || error != std::errc() ||
        end != digits.data() + digits.size()) {
      return std::nullopt;
    }
    return value;
  };
  const std::size_t slash = text.find('/');
  Number number{read(text.substr(0, slash)), std::nullopt};
  if (slash != std::string_view::npos) number.page = read(text.substr(slash + 1));
  // Banks that do not count write 0 in every statement.
  if (number.sequence == 0) number.sequence.reset();
  return number;
}

}  // namespace ledger::mt940
