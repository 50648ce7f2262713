#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "events/types/call.h"
#include "platform/clock.h"
#include "producers/telephony/asterisk/mapping.h"

namespace ledger::asterisk {

// One CDR that passed every check: what one channel did in a call.
struct Leg {
  std::size_t line = 0;
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
  std::string outcome_raw;  // of an outcome that the disposition alone does not tell
};

// The fields of one record as a leg. Errors name the column as cdr.conf does ("billsec").
[[nodiscard]] Result<Leg> read_leg(const std::vector<std::string>& fields,
                                   const Settings& settings);

}  // namespace ledger::asterisk
