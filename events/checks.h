#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "events/money.h"
#include "platform/clock.h"
#include "platform/result.h"

// Rules that many events share, for their validate(). Each error names the field.
namespace ledger {

[[nodiscard]] inline Status check_within(std::int64_t value, std::int64_t least, std::int64_t most,
                                         std::string_view field) {
  if (least <= value && value <= most) return {};
  if (least == most) {
    return fail(ErrorCode::kOutOfRange, fmt::format("must be {}", least), std::string(field));
  }
  return fail(ErrorCode::kOutOfRange, fmt::format("must be from {} to {}", least, most),
              std::string(field));
}

[[nodiscard]] inline Status check_at_least(std::int64_t value, std::int64_t least,
                                           std::string_view field) {
  if (value >= least) return {};
  return fail(ErrorCode::kOutOfRange, fmt::format("must be {} or more", least), std::string(field));
}

[[nodiscard]] inline Status check_positive(const Money& money, std::string_view field) {
  return check_at_least(money.amount_minor, 1, field);
}

[[nodiscard]] inline Status check_not_negative(const Money& money, std::string_view field) {
  return check_at_least(money.amount_minor, 0, field);
}

[[nodiscard]] inline Status check_not_before(Date later, Date earlier, std::string_view field) {
  if (later >= earlier) return {};
  return fail(ErrorCode::kInvalidField, "lies before the beginning", std::string(field));
}

// A month is written as its first day.
[[nodiscard]] inline Status check_month(Date month, std::string_view field) {
  if (month.day() == std::chrono::day(1)) return {};
  return fail(ErrorCode::kInvalidField, "must be the first day of a month", std::string(field));
}

[[nodiscard]] inline Status check_sha256(std::string_view text, std::string_view field) {
  if (text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos) {
    return {};
  }
  return fail(ErrorCode::kInvalidField, "must be 64 lower-case hex digits", std::string(field));
}

// --MM-DD where the year is not known (ISO 8601:2000), else YYYY-MM-DD.
[[nodiscard]] inline Status check_birthday(std::string_view text, std::string_view field) {
  // A leap year, so that 29 February is a birthday.
  const std::string full =
      text.starts_with("--") ? "2000-" + std::string(text.substr(2)) : std::string(text);
  const auto date = parse_date(full);
  if (date || (full.size() == 10 && full[0] == '1' && full < "1990" &&
               parse_date("2000" + full.substr(4)))) {
    return {};
  }
  return fail(ErrorCode::kInvalidField, "must be --MM-DD, or YYYY-MM-DD", std::string(field));
}

// Hours of a day, as minutes since midnight; the end is not included.
struct Hours {
  std::int64_t from = 0;
  std::int64_t to = 0;
};
[[nodiscard]] inline Result<Hours> parse_hours(std::string_view text, std::string_view field) {
  constexpr std::string_view kShape = "00:00-00:00";
  bool fits = text.size() == kShape.size();
  for (std::size_t i = 0; fits && i < text.size(); ++i) {
    fits = kShape[i] == '0' ? '0' <= text[i] && text[i] <= '9' : text[i] == kShape[i];
  }
  if (fits) {
    const auto two = [&](std::size_t at) { return (text[at] - '0') * 10 + (text[at + 1] - '0'); };
    const Hours hours{two(0) * 60 + two(3), two(6) * 60 + two(9)};
    const bool on_clock = two(3) < 60 && two(9) < 60 && hours.to <= 24 * 60;
    if (on_clock && hours.from < hours.to) return hours;
  }
  return fail(ErrorCode::kInvalidField, "must be HH:MM-HH:MM within a day, the end after the start",
              std::string(field));
}

}  // namespace ledger
