#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "projections/directory/queries.h"
#include "projections/quota_compliance/rows.h"
#include "projections/store/view_store.h"

namespace ledger::quota_compliance {

enum class State { kMet, kShort, kRunning, kDayOff };
constexpr auto names(State) { return words("met", "short", "running", "day_off"); }

// One figure of the board. Attempts, answered and unique companies stand beside the count, since a
// norm that counts dials alone invites dialling (domain-semantics.md 4a).
struct Figure {
  QuotaMetric metric = QuotaMetric::kCalls;
  std::int64_t counted = 0;
  std::int64_t target = 0;
  State state = State::kShort;
  std::int64_t attempts = 0;
  std::int64_t answered = 0;
  std::int64_t unique_clients = 0;
  std::int64_t unmatched = 0;  // done, and waiting for a client to be named
  std::string policy_id;
};

struct ManagerDay {
  ManagerHired manager;
  std::vector<Figure> figures;
};

// The board of one business day: every manager employed on it, also an idle one. `today` is the
// business day at the moment of asking: a norm not yet met today is running, not short. Saturdays
// and Sundays are days off (until calendar events say otherwise): what is done counts, nothing is
// owed. new_client_contracts is counted over the month of `day` up to `day`'s month end.
[[nodiscard]] Result<std::vector<ManagerDay>> board(const ViewSnapshot& snapshot, Date day,
                                                    Date today);

// The calls' count by call.v1: outbound, to a client on file, answered, at least min_talk_s of
// talk; a redial to the same client within five minutes counts once.
[[nodiscard]] Figure count_calls(const DayRow& day, const directory::Norm& norm);

}  // namespace ledger::quota_compliance
