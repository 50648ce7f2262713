#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "projections/activity/rows.h"
#include "projections/store/view_store.h"

namespace ledger::activity {

// How often a manager did what in the month of `day`, by type of event, by what was known.
using Counts = std::map<std::string, std::int64_t, std::less<>>;
[[nodiscard]] Result<Counts> counts(const ViewSnapshot& snapshot, std::string_view manager_id,
                                    Date day, const std::optional<Timestamp>& known_at);

}  // namespace ledger::activity
