#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "platform/result.h"

namespace ledger {

// An instant: microseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
using Timestamp = std::chrono::sys_time<std::chrono::microseconds>;
// A civil date without a zone.
using Date = std::chrono::year_month_day;

// RFC 3339 in UTC: "2026-11-25T08:00:00Z", with exactly six fraction digits where there is a
// fraction. One instant has one spelling, so stored lines are byte-stable.
[[nodiscard]] std::string format_timestamp(Timestamp instant);
// Any RFC 3339 offset, up to six fraction digits. Refuses leap seconds, 24:00, dates that do not
// exist, more digits, a missing zone, and years outside limits::kEarliestYear..kLatestYear in UTC
// (kOutOfRange). Never throws.
[[nodiscard]] Result<Timestamp> parse_timestamp(std::string_view text);

// "2026-11-25". The same year range.
[[nodiscard]] std::string format_date(Date date);
[[nodiscard]] Result<Date> parse_date(std::string_view text);

// A month as its first day: "2026-11". The same year range.
[[nodiscard]] std::string format_month(Date day);
[[nodiscard]] Result<Date> parse_month(std::string_view text);
[[nodiscard]] Date first_of_month(Date day);
[[nodiscard]] Date last_of_month(Date day);

// Days from `from` to `to`; negative if `to` is earlier.
[[nodiscard]] int days_between(Date from, Date to);
[[nodiscard]] Date add_days(Date date, int days);

// Where "now" comes from. Folds never see one; doors and queries do.
class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual Timestamp now() const = 0;
};

class SystemClock final : public Clock {
 public:
  [[nodiscard]] Timestamp now() const override;
};

// Stands still until told otherwise. For tests and replays; not thread-safe while being set.
class FixedClock final : public Clock {
 public:
  explicit FixedClock(Timestamp instant) : instant_(instant) {}
  [[nodiscard]] Timestamp now() const override { return instant_; }
  void set(Timestamp instant) { instant_ = instant; }

 private:
  Timestamp instant_;
};

}  // namespace ledger
