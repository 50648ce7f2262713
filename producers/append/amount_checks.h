#pragma once

#include <cstdint>
#include <string_view>

#include "platform/result.h"

namespace ledger {

// More than any trade comes to: ten thousand milliards of hryvnias. Sums of thousands of such
// amounts still fit int64, so that one mistyped amount cannot keep a whole house from its sums.
inline constexpr std::int64_t kAmountMinorMax = 1'000'000'000'000'000;

// Every amount in minor units of a line, whatever the event, also within a correction. At the door
// and not of the event itself, so that what was recorded before there was a limit is still read.
// kOutOfRange, naming the member.
[[nodiscard]] Status check_amounts(std::string_view line);

}  // namespace ledger
