#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "projections/activity/rows.h"
#include "projections/store/view_store.h"

namespace ledger::activity {

// How often a manager did what in the month of `day`, by type of event, by what was known.
using Counts = std::map<std::string, std::int64_t, std::less<>>;
[[nodiscard]] Result<Counts> counts(const ViewSnapshot& snapshot, std::string_view manager_id,
                                    Date day, const std::optional<Timestamp>& known_at);

// What he did on a day, in the order of the log; its cost is that of his month.
[[nodiscard]] Result<std::vector<MonthRow::Done>> done_on(const ViewSnapshot& snapshot,
                                                          std::string_view manager_id, Date day,
                                                          const std::optional<Timestamp>& known_at);

}  // namespace ledger::activity
