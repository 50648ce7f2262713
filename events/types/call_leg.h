#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "events/types/call.h"
#include "platform/clock.h"

namespace ledger {

using LegId = Id<struct LegTag>;

// What one channel of an exchange did in a call, from exchanges that say it leg by leg. The event's
// time is the leg's start. It counts nowhere: the legs of one call_id are joined into one
// call.completed (events/call_joining.h), which does.
struct CallLegCompleted {
  static constexpr std::string_view kName = "call.leg_completed";
  static constexpr int kVersion = 1;

  CallId call_id;
  LegId leg_id;  // the exchange's own, unique within the call
  // As the house sees it; absent where the leg does not tell who of the two is the house.
  std::optional<CallDirection> direction;
  std::optional<std::string> client_phone_raw;  // as the sender spelled it
  std::optional<Phone> client_phone;
  std::optional<std::string> manager_extension;
  std::int64_t duration_s = 0;  // from the leg's start to its end
  std::int64_t talk_s = 0;
  CallOutcome outcome = CallOutcome::kUnknown;
  std::optional<std::string> outcome_raw;
  std::optional<Timestamp> answered_at;
  std::optional<bool> time_suspect = {};  // of its start: as in call.completed

  static void fields(auto&& field) {
    field("call_id", &CallLegCompleted::call_id);
    field("leg_id", &CallLegCompleted::leg_id);
    field("direction", &CallLegCompleted::direction);
    field("client_phone_raw", &CallLegCompleted::client_phone_raw, personal);
    field("client_phone", &CallLegCompleted::client_phone, personal);
    field("manager_extension", &CallLegCompleted::manager_extension);
    field("duration_s", &CallLegCompleted::duration_s);
    field("talk_s", &CallLegCompleted::talk_s);
    field("outcome", &CallLegCompleted::outcome);
    field("outcome_raw", &CallLegCompleted::outcome_raw);
    field("answered_at", &CallLegCompleted::answered_at);
    field("time_suspect", &CallLegCompleted::time_suspect);
  }
  [[nodiscard]] Status validate() const {
    if (duration_s < 0)
      return fail(ErrorCode::kOutOfRange, "a duration is not negative", "duration_s");
    if (talk_s < 0) return fail(ErrorCode::kOutOfRange, "a duration is not negative", "talk_s");
    // Also what join_legs() has to add up without running over.
    if (duration_s > kDurationMax)
      return fail(ErrorCode::kOutOfRange, "a leg lasts at most 30 days", "duration_s");
    if (talk_s > duration_s) {
      return fail(ErrorCode::kInvalidField, "the talk cannot be longer than the leg", "talk_s");
    }
    if (talk_s > 0 && outcome != CallOutcome::kAnswered) {
      return fail(ErrorCode::kInvalidField, "only an answered leg has a talk", "talk_s");
    }
    return {};
  }
  bool operator==(const CallLegCompleted&) const = default;

  static constexpr std::int64_t kDurationMax = 30 * 86'400;
};

}  // namespace ledger
