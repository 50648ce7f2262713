#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "projections/directory/queries.h"
#include "projections/quota_compliance/items.h"

namespace ledger::quota_compliance {

enum class State {
  kMet,
  kShort,
  kRunning,  // the day or month is not over
  kExcused,  // away: nothing was owed
  kDayOff,   // by the calendar
  kUnknown,  // the sender was silent: nobody knows
};
constexpr auto names(State) {
  return words("met", "short", "running", "excused", "day_off", "unknown");
}

// How the calls of a day are spread. Signals for a person, never a penalty by themselves: a norm of
// calls is easily met by calls that help nobody (domain-semantics.md 4a).
struct CallShape {
  std::int64_t median_talk_s = 0;
  std::int64_t under_20_s = 0;   // of those counted
  std::int64_t to_top_five = 0;  // of those counted, to the five numbers called most
  std::int64_t last_hour = 0;    // of those counted, begun in the last working hour of the day
  std::int64_t inbound_answered = 0;
  std::int64_t self_reported = 0;  // entered by hand, and so not counted
};

// Why nothing was owed, or nobody knows what was done.
enum class Reason { kAbsence, kOutage, kPartDay, kSilentSender };

// One figure of the board. Attempts, answered and unique companies stand beside the count. Of
// offers attempts are the sum of what counted and of why the others did not.
struct Figure {
  QuotaMetric metric = QuotaMetric::kCalls;
  std::int64_t counted = 0;
  std::int64_t base = 0;       // the norm of a full day or month
  std::int64_t target = 0;     // base × worked ÷ scheduled
  std::int64_t worked = 0;     // minutes
  std::int64_t scheduled = 0;  // of a day: the minutes that owe the whole base
  State state = State::kShort;
  std::optional<Reason> reason;                 // of excused and unknown
  std::string absence_id;                       // of an absence
  std::optional<std::int64_t> expected_by_now;  // of running
  std::int64_t attempts = 0;
  std::int64_t answered = 0;
  std::int64_t unique_clients = 0;
  std::int64_t unmatched = 0;   // done, and waiting for a client to be named
  std::int64_t unverified = 0;  // of mailed offers: in the name of somebody who may be another
  std::int64_t bounced = 0;     // of mailed offers: reached nobody
  std::int64_t letters = 0;     // of mailed offers: by the rule none
  std::int64_t repeated = 0;    // of mailed offers: again to the same company
  std::int64_t mass = 0;  // of those counted: by letters to many companies; the rest addressed
  std::int64_t mass_companies = 0;  // from how many on a letter is one; 0: not of mailed offers
  std::int64_t doubles = 0;         // of calls: told by a second event
  std::int64_t stood_in = 0;        // of calls: in another's stead, where they stand apart
  std::int64_t returned = 0;        // of contracts: with clients of long ago
  std::optional<Date> due_on;       // of the report
  std::string policy_id;
  std::string rule_version;  // empty: no rule of the metric can be changed
  std::optional<CallShape> shape;
  std::vector<Position> recorded_later;  // events that the ledger learned of after the day's end
  std::vector<Item> items;               // what it is the sum of
};

using KnownAt = std::optional<Timestamp>;

// The last working hour of a day, its end not included.
struct LastHour {
  Timestamp from;
  Timestamp to;
};

// The sums of items (items.h).
[[nodiscard]] Figure sum_calls(std::vector<Item> items, const std::optional<LastHour>& last_hour);
[[nodiscard]] Figure sum_mailed(std::vector<Item> items, const directory::Norm& norm);
[[nodiscard]] Figure sum_phoned(std::vector<Item> items);
[[nodiscard]] Figure sum_changes(std::vector<Item> items);
[[nodiscard]] Figure sum_contracts(std::vector<Item> items);

}  // namespace ledger::quota_compliance
