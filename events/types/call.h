#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "events/fields.h"
#include "events/ids.h"
#include "events/phone.h"

namespace ledger {

enum class CallDirection { kInbound, kOutbound, kInternal };
constexpr auto names(CallDirection) { return words("inbound", "outbound", "internal"); }

// A word that the sender's table does not hold becomes kUnknown, with the word in outcome_raw.
enum class CallOutcome { kAnswered, kMissed, kBusy, kFailed, kCancelled, kUnknown };
constexpr auto names(CallOutcome) {
  return words("answered", "missed", "busy", "failed", "cancelled", "unknown");
}

// A telephone call ended. The event's time is the call's start: it decides the quota day.
struct CallCompleted {
  static constexpr std::string_view kName = "call.completed";
  static constexpr int kVersion = 1;

  CallId call_id;  // the exchange's own id of the call, not of a leg
  CallDirection direction = CallDirection::kInbound;
  std::optional<std::string> client_phone_raw;  // as the sender spelled it
  std::optional<Phone> client_phone;
  std::optional<std::string> manager_extension;
  std::int64_t duration_s = 0;  // from the first ring to the end
  std::int64_t talk_s = 0;      // of the longest answered leg
  CallOutcome outcome = CallOutcome::kUnknown;
  std::optional<std::string> outcome_raw;
  std::optional<ClientId> client_id;    // where the sender knows it; otherwise matched at the door
  std::optional<ManagerId> manager_id;  // likewise
  std::optional<bool> self_reported = {};  // entered by hand: counted apart
  // The sender's clock showed a time that its day did not have (the hour that spring leaves out):
  // the event's time is the instant at which clocks jumped.
  std::optional<bool> time_suspect = {};

  static void fields(auto&& field) {
    field("call_id", &CallCompleted::call_id);
    field("direction", &CallCompleted::direction);
    field("client_phone_raw", &CallCompleted::client_phone_raw, personal);
    field("client_phone", &CallCompleted::client_phone, personal);
    field("manager_extension", &CallCompleted::manager_extension);
    field("duration_s", &CallCompleted::duration_s);
    field("talk_s", &CallCompleted::talk_s);
    field("outcome", &CallCompleted::outcome);
    field("outcome_raw", &CallCompleted::outcome_raw);
    field("client_id", &CallCompleted::client_id);
    field("manager_id", &CallCompleted::manager_id);
    field("self_reported", &CallCompleted::self_reported);
    field("time_suspect", &CallCompleted::time_suspect);
  }
  [[nodiscard]] Status validate() const {
    if (duration_s < 0)
      return fail(ErrorCode::kOutOfRange, "a duration is not negative", "duration_s");
    if (talk_s < 0) return fail(ErrorCode::kOutOfRange, "a duration is not negative", "talk_s");
    // Also what a day's sum of talks can add up without running over.
    if (duration_s > kDurationMax)
      return fail(ErrorCode::kOutOfRange, "a call lasts at most 30 days", "duration_s");
    if (talk_s > duration_s) {
      return fail(ErrorCode::kInvalidField, "the talk cannot be longer than the call", "talk_s");
    }
    return {};
  }
  static constexpr std::int64_t kDurationMax = 30 * 86'400;
  bool operator==(const CallCompleted&) const = default;
};

}  // namespace ledger
