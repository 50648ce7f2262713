#pragma once

#include <string_view>
#include <vector>

#include "projections/amendments/rows.h"
#include "projections/store/view_store.h"

namespace ledger::amendments {

// All that took an event back or told it anew, by position; none of an event that stands as told.
[[nodiscard]] Result<std::vector<Amendment>> amendments_of(const ViewSnapshot& snapshot,
                                                           std::string_view source,
                                                           std::string_view id);

}  // namespace ledger::amendments
