#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/fields.h"
#include "events/types/call.h"
#include "platform/clock.h"
#include "producers/telephony/asterisk/mapping.h"

namespace ledger::asterisk {

// One CDR that passed every check: what one channel did in a call.
struct Leg {
  std::size_t line = 0;  // where it came from; no part of what it says
  std::string call_key;  // equal for the legs of one call
  std::string src;
  std::string dst;
  std::string channel;
  std::string dst_channel;
  Timestamp started_at;
  Timestamp answered_at;  // started_at where it was not answered
  Timestamp ended_at;
  std::int64_t talk_s = 0;
  CallOutcome outcome = CallOutcome::kUnknown;
  std::string outcome_raw;    // of an outcome that the disposition alone does not tell
  bool time_suspect = false;  // of its start: the day did not have it

  // What a connector keeps of it between two runs.
  static void fields(auto&& field) {
    field("call_key", &Leg::call_key);
    field("src", &Leg::src);
    field("dst", &Leg::dst);
    field("channel", &Leg::channel);
    field("dst_channel", &Leg::dst_channel);
    field("started_at", &Leg::started_at);
    field("answered_at", &Leg::answered_at);
    field("ended_at", &Leg::ended_at);
    field("talk_s", &Leg::talk_s);
    field("outcome", &Leg::outcome);
    field("outcome_raw", &Leg::outcome_raw);
    field("time_suspect", &Leg::time_suspect);
  }
};

// The second in which a channel began, by its id: "1764000000.1", or with the exchange's systemname
// before it. nullopt: the id does not tell.
[[nodiscard]] std::optional<Timestamp> began_by_id(std::string_view id);
inline constexpr auto kIdSlack = std::chrono::seconds(5);  // of that second

// kMisconfigured: an extension of no possible length, an order that lacks a column or names one
// that does not exist.
[[nodiscard]] Status check_settings(const Settings& settings);

// Whether a call cannot be told without that column of kColumnNames.
[[nodiscard]] bool is_needed(std::size_t column);

// The fields of one record as a leg. Errors name the column as cdr.conf does ("billsec"). The
// settings must have passed check_settings.
[[nodiscard]] Result<Leg> read_leg(std::vector<std::string> fields, const Settings& settings);

}  // namespace ledger::asterisk
