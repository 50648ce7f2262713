#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "projections/directory/queries.h"
#include "projections/quota_compliance/rows.h"

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
  std::int64_t inbound_answered = 0;
  std::int64_t self_reported = 0;  // entered by hand, and so not counted
};

// One figure of the board. Attempts, answered and unique companies stand beside the count.
struct Figure {
  QuotaMetric metric = QuotaMetric::kCalls;
  std::int64_t counted = 0;
  std::int64_t base = 0;    // the norm of a full day or month
  std::int64_t target = 0;  // base × worked ÷ scheduled
  std::int64_t worked = 0;  // minutes
  std::int64_t scheduled = 0;
  State state = State::kShort;
  std::string reason;                           // of excused and unknown
  std::optional<std::int64_t> expected_by_now;  // of running
  std::int64_t attempts = 0;
  std::int64_t answered = 0;
  std::int64_t unique_clients = 0;
  std::int64_t unmatched = 0;  // done, and waiting for a client to be named
  std::int64_t bounced = 0;    // of mailed offers: reached nobody
  std::int64_t returned = 0;   // of contracts: with clients of long ago, who are not new
  std::optional<Date> due_on;  // of the report
  std::string policy_id;
  std::optional<CallShape> shape;
  std::vector<Position> recorded_later;  // events that the ledger learned of after the day's end
};

using KnownAt = std::optional<Timestamp>;

// Rule call.v1: outbound, to a client on file, answered, at least min_talk_s of talk; a redial to
// the same number within the redial time counts once. Entered by hand: apart.
[[nodiscard]] Figure count_calls(const DayRow& day, const directory::Norm& norm,
                                 const KnownAt& known_at);

// Rule offer_email.v1: one for each (company, document) of the day. `bounced` tells whether an
// offer reached nobody.
[[nodiscard]] Figure count_mailed(const DayRow& day, const directory::Norm& norm,
                                  const KnownAt& known_at,
                                  const std::function<Result<bool>(const MailedOffer&)>& bounced,
                                  Status& status);

// Rule offer_phone.v1: distinct companies; verified by an answered call of 30 seconds with the same
// company on that day.
[[nodiscard]] Figure count_phoned(const DayRow& day, const directory::Norm& norm,
                                  const KnownAt& known_at);

// Rule database.v1: changes of the client base by the manager himself.
[[nodiscard]] Figure count_changes(const DayRow& day, const KnownAt& known_at);

}  // namespace ledger::quota_compliance
