#pragma once

#include "consumers/query/context.h"
#include "projections/quota_compliance/queries.h"

namespace ledger {

// "last_action": {time, kind, position} of what a manager himself did last on a day, by the figures
// of his day and by what else is his to record; nothing where he did nothing. Calls that he did not
// take are none.
[[nodiscard]] Status write_last_action(JsonWriter& json, const Query& query,
                                       const quota_compliance::ManagerDay& row, Date day);

}  // namespace ledger
