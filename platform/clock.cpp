#include "platform/clock.h"

#include <fmt/format.h>

#include "platform/limits.h"
#include "platform/utf8.h"

namespace ledger {

namespace {

using namespace std::chrono;

// Reads exactly `width` digits; -1 where one of them is not a digit.
int digits(std::string_view text, std::size_t at, std::size_t width) {
  if (at + width > text.size()) return -1;
  int value = 0;
  for (std::size_t i = at; i < at + width; ++i) {
    if (text[i] < '0' || text[i] > '9') return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

bool has(std::string_view text, std::size_t at, char wanted) {
  return at < text.size() && text[at] == wanted;
}

tl::unexpected<Error> not_a_time(std::string_view text) {
  return fail(
      ErrorCode::kInvalidField,
      fmt::format("'{}' is not an RFC 3339 time such as 2026-11-25T08:00:00Z", excerpt(text)));
}

// Minutes east of UTC, from "Z" or "+hh:mm"; an error for anything else.
Result<minutes> parse_offset(std::string_view text, std::string_view whole) {
  if (text == "Z" || text == "z") return minutes{0};
  const int hour = digits(text, 1, 2);
  const int minute = digits(text, 4, 2);
  const bool shaped = text.size() == 6 && (text[0] == '+' || text[0] == '-') && text[3] == ':';
  if (!shaped || hour < 0 || hour > 23 || minute < 0 || minute > 59) return not_a_time(whole);
  const minutes offset{hour * 60 + minute};
  return text[0] == '-' ? -offset : offset;
}

Status check_year(Date date) {
  const int y = int(date.year());
  if (y >= limits::kEarliestYear && y <= limits::kLatestYear) return {};
  return fail(ErrorCode::kOutOfRange, fmt::format("year {} is outside {} to {}", y,
                                                  limits::kEarliestYear, limits::kLatestYear));
}

// Dates are parts of nearly all keys and lines: by hand, since fmt takes ten times as long.
void append_digits(std::string& text, std::int64_t value, std::size_t width) {
  const std::size_t at = text.size();
  text.append(width, '0');
  for (std::size_t i = width; i > 0; --i, value /= 10) {
    text[at + i - 1] = static_cast<char>('0' + value % 10);
  }
}

void append_date(std::string& text, Date date) {
  append_digits(text, int(date.year()), 4);
  text += '-';
  append_digits(text, unsigned(date.month()), 2);
  text += '-';
  append_digits(text, unsigned(date.day()), 2);
}

}  // namespace

std::string format_date(Date date) {
  std::string text;
  append_date(text, date);
  return text;
}

Result<Date> parse_date(std::string_view text) {
  const int y = digits(text, 0, 4);
  const int m = digits(text, 5, 2);
  const int d = digits(text, 8, 2);
  const bool shaped = text.size() == 10 && has(text, 4, '-') && has(text, 7, '-');
  const Date date{year{y}, month{static_cast<unsigned>(m)}, day{static_cast<unsigned>(d)}};
  if (!shaped || y < 0 || m < 0 || d < 0 || !date.ok()) {
    return fail(ErrorCode::kInvalidField,
                fmt::format("'{}' is not a date such as 2026-11-25", excerpt(text)));
  }
  LEDGER_CHECK(check_year(date));
  return date;
}

std::string format_timestamp(Timestamp instant) {
  const auto midnight = floor<days>(instant);
  const Date date{midnight};
  const hh_mm_ss<microseconds> time{instant - midnight};
  std::string text;
  text.reserve(27);
  append_date(text, date);
  text += 'T';
  append_digits(text, time.hours().count(), 2);
  text += ':';
  append_digits(text, time.minutes().count(), 2);
  text += ':';
  append_digits(text, time.seconds().count(), 2);
  if (time.subseconds().count() != 0) {
    text += '.';
    append_digits(text, time.subseconds().count(), 6);
  }
  text += 'Z';
  return text;
}

Result<Timestamp> parse_timestamp(std::string_view text) {
  if (text.size() < 20 || (!has(text, 10, 'T') && !has(text, 10, 't'))) return not_a_time(text);
  LEDGER_TRY(const Date date, parse_date(text.substr(0, 10)));
  const int hour = digits(text, 11, 2);
  const int minute = digits(text, 14, 2);
  const int second = digits(text, 17, 2);
  if (!has(text, 13, ':') || !has(text, 16, ':') || hour < 0 || hour > 23 || minute < 0 ||
      minute > 59 || second < 0 || second > 59) {
    return not_a_time(text);
  }
  std::size_t at = 19;
  int fraction = 0;
  if (has(text, at, '.')) {
    const std::size_t end = text.find_first_not_of("0123456789", at + 1);
    const std::size_t width = (end == std::string_view::npos ? text.size() : end) - at - 1;
    if (width < 1 || width > 6) return not_a_time(text);
    fraction = digits(text, at + 1, width);
    for (std::size_t i = width; i < 6; ++i) fraction *= 10;
    at += 1 + width;
  }
  LEDGER_TRY(const minutes offset, parse_offset(text.substr(at), text));
  const Timestamp instant = sys_days{date} + hours{hour} + minutes{minute} + seconds{second} +
                            microseconds{fraction} - offset;
  // The offset may have carried it into a year that its UTC spelling could not be read back with.
  LEDGER_CHECK(check_year(Date{floor<days>(instant)}));
  return instant;
}

std::string format_month(Date day) { return format_date(day).substr(0, 7); }

Result<Date> parse_month(std::string_view text) {
  auto first = parse_date(std::string(text) + "-01");
  if (first || first.error().code == ErrorCode::kOutOfRange) return first;
  return fail(ErrorCode::kInvalidField,
              fmt::format("'{}' is not a month such as 2026-11", excerpt(text)));
}

Date first_of_month(Date day) { return day.year() / day.month() / 1; }
Date last_of_month(Date day) { return Date{day.year() / day.month() / std::chrono::last}; }

int days_between(Date from, Date to) {
  return static_cast<int>((sys_days{to} - sys_days{from}).count());
}

Date add_days(Date date, int count) { return Date{sys_days{date} + days{count}}; }

Timestamp SystemClock::now() const { return time_point_cast<microseconds>(system_clock::now()); }

}  // namespace ledger
