#pragma once

#include <optional>
#include <string>

#include "consumers/query/context.h"
#include "events/log/log_reader.h"
#include "projections/call_legs/rows.h"

namespace ledger {

// A call that legs have said otherwise of since a person decided what it is (or since it was
// matched to its client): the rule calls.v1 leaves it as it was decided.
struct DecidedCall {
  std::string reason;    // "voided_since", "corrected_since", "matched_since"
  std::string event_id;  // the call.completed that was decided
};

// nullopt: the call is read as its legs say, or the rule has not come to them yet. `filter`: by
// what was recorded then.
[[nodiscard]] Result<std::optional<DecidedCall>> decided_call(const call_legs::CallRow& row,
                                                              const std::string& source,
                                                              const std::string& call_id,
                                                              const Query& query,
                                                              const LogReader& log);

}  // namespace ledger
