#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/checks.h"
#include "events/fields.h"
#include "events/ids.h"
#include "events/types/client.h"
#include "platform/clock.h"

namespace ledger {

// A manager left the post by the director's order (job description 1.2).
struct ManagerDismissed {
  static constexpr std::string_view kName = "manager.dismissed";
  static constexpr int kVersion = 1;

  ManagerId manager_id;                 // The manager
  Date dismissed_on;                    // The last day of work
  std::optional<std::string> order_no;  // Number of the director's order

  static void fields(auto&& field) {
    field("manager_id", &ManagerDismissed::manager_id);
    field("dismissed_on", &ManagerDismissed::dismissed_on);
    field("order_no", &ManagerDismissed::order_no);
  }
  bool operator==(const ManagerDismissed&) const = default;
};

enum class AbsenceKind { kVacation, kSickLeave, kBusinessTrip, kUnpaidLeave, kOther };
constexpr auto names(AbsenceKind) {
  return words("vacation", "sick_leave", "business_trip", "unpaid_leave", "other");
}

// A manager was or will be away (job description 1.6). Whole days are excused from the norms; of
// part days the minutes.
struct AbsenceRecorded {
  static constexpr std::string_view kName = "absence.recorded";
  static constexpr int kVersion = 1;

  AbsenceId absence_id;  // Of the order or the sick note
  ManagerId manager_id;  // The absent manager
  AbsenceKind kind{};    // Why
  Date from;             // The first day
  Date to;               // The last day, included
  std::optional<std::int64_t>
      minutes_per_day;                  // Minutes away on each of the days; absent: the whole day
  std::optional<std::string> order_no;  // Number of the director's order

  static void fields(auto&& field) {
    field("absence_id", &AbsenceRecorded::absence_id);
    field("manager_id", &AbsenceRecorded::manager_id);
    field("kind", &AbsenceRecorded::kind);
    field("from", &AbsenceRecorded::from);
    field("to", &AbsenceRecorded::to);
    field("minutes_per_day", &AbsenceRecorded::minutes_per_day);
    field("order_no", &AbsenceRecorded::order_no);
  }
  [[nodiscard]] Status validate() const {
    LEDGER_CHECK(check_not_before(to, from, "to"));
    return minutes_per_day ? check_within(*minutes_per_day, 1, 1440, "minutes_per_day") : Status();
  }
  bool operator==(const AbsenceRecorded&) const = default;
};

// Another manager takes over the rights and duties of an absent one for some days (job description
// 1.6). The rights end with the last day by themselves.
struct StandInAppointed {
  static constexpr std::string_view kName = "stand_in.appointed";
  static constexpr int kVersion = 1;

  AppointmentId appointment_id;         // Of the order
  ManagerId absent_manager_id;          // Who is away
  ManagerId stand_in_id;                // Who stands in
  Date from;                            // The first day
  Date to;                              // The last day, included
  std::optional<Segment> segment;       // Only clients of that segment
  std::vector<ClientId> client_ids;     // Only these clients; neither: all of the absent manager's
  std::optional<std::string> order_no;  // Number of the director's order

  static void fields(auto&& field) {
    field("appointment_id", &StandInAppointed::appointment_id);
    field("absent_manager_id", &StandInAppointed::absent_manager_id);
    field("stand_in_id", &StandInAppointed::stand_in_id);
    field("from", &StandInAppointed::from);
    field("to", &StandInAppointed::to);
    field("segment", &StandInAppointed::segment);
    field("client_ids", &StandInAppointed::client_ids);
    field("order_no", &StandInAppointed::order_no);
  }
  [[nodiscard]] Status validate() const {
    LEDGER_CHECK(check_not_before(to, from, "to"));
    return absent_manager_id == stand_in_id
               ? fail(ErrorCode::kInvalidField, "nobody stands in for himself", "stand_in_id")
               : Status();
  }
  bool operator==(const StandInAppointed&) const = default;
};

// A stand-in ended before its last day.
struct StandInEnded {
  static constexpr std::string_view kName = "stand_in.ended";
  static constexpr int kVersion = 1;

  AppointmentId appointment_id;       // Of the appointment
  Date ended_on;                      // The last day on which it held
  std::optional<std::string> reason;  // Why, in words

  static void fields(auto&& field) {
    field("appointment_id", &StandInEnded::appointment_id);
    field("ended_on", &StandInEnded::ended_on);
    field("reason", &StandInEnded::reason);
  }
  bool operator==(const StandInEnded&) const = default;
};

}  // namespace ledger
