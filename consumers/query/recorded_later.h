#pragma once

#include "platform/clock.h"
#include "platform/json_writer.h"

namespace ledger {

// What is recorded longer after it happened is `late` (domain-semantics.md 4a, clock skew).
inline constexpr int kLateDays = 35;

// By how many days later something was recorded than it is of, into an open object; nothing if it
// was not: what was recorded later could not be seen until then, and changed that day afterwards.
inline void write_recorded_later(JsonWriter& json, Date day, Date recorded) {
  const int days = days_between(day, recorded);
  if (days <= 0) return;
  json.member("recorded_days_later", days);
  if (days > kLateDays) json.member("late", true);
}

}  // namespace ledger
