#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "events/checks.h"
#include "events/fields.h"
#include "events/ids.h"
#include "platform/clock.h"

namespace ledger {

enum class CalendarKind { kBusiness, kBanking };
constexpr auto names(CalendarKind) { return words("business", "banking"); }

enum class DayKind { kWorking, kOff, kShort };
constexpr auto names(DayKind) { return words("working", "off", "short"); }

// What kind of day a day is. Without it Monday to Friday are working days of 480 minutes; the last
// one set for a day holds.
struct CalendarDaySet {
  static constexpr std::string_view kName = "calendar.day_set";
  static constexpr int kVersion = 1;

  CalendarKind calendar{};  // Days of the house, or of the banks
  Date date;                // The day
  DayKind kind{};           // Working, off, or a short working day
  std::optional<std::int64_t>
      minutes;  // Length of a working or short day; absent: 480, of a short one 420
  std::optional<std::string> reason;    // Why, in words
  std::optional<std::string> order_no;  // Number of the director's order

  static void fields(auto&& field) {
    field("calendar", &CalendarDaySet::calendar);
    field("date", &CalendarDaySet::date);
    field("kind", &CalendarDaySet::kind);
    field("minutes", &CalendarDaySet::minutes);
    field("reason", &CalendarDaySet::reason);
    field("order_no", &CalendarDaySet::order_no);
  }
  [[nodiscard]] Status validate() const {
    LEDGER_CHECK(minutes ? check_within(*minutes, 1, 1440, "minutes") : Status());
    return minutes && kind == DayKind::kOff
               ? fail(ErrorCode::kInvalidField, "a day off has no length", "minutes")
               : Status();
  }
  bool operator==(const CalendarDaySet&) const = default;
};

enum class OutageSystem { kTelephony, kMail, kBank, kOther };
constexpr auto names(OutageSystem) { return words("telephony", "mail", "bank", "other"); }

// A system was down, and what depends on it cannot be asked for those minutes (job description 4,
// 3.6).
struct OutageRecorded {
  static constexpr std::string_view kName = "outage.recorded";
  static constexpr int kVersion = 1;

  OutageId outage_id;                 // Of the incident
  OutageSystem system{};              // What was down
  Timestamp from;                     // Since when
  Timestamp to;                       // Until when
  std::optional<std::string> reason;  // Why, in words

  static void fields(auto&& field) {
    field("outage_id", &OutageRecorded::outage_id);
    field("system", &OutageRecorded::system);
    field("from", &OutageRecorded::from);
    field("to", &OutageRecorded::to);
    field("reason", &OutageRecorded::reason);
  }
  [[nodiscard]] Status validate() const {
    return to < from ? fail(ErrorCode::kInvalidField, "lies before the beginning", "to") : Status();
  }
  bool operator==(const OutageRecorded&) const = default;
};

}  // namespace ledger
