#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "projections/plans/rows.h"
#include "projections/store/view_store.h"

namespace ledger::plans {

// The lines of a manager's plans of a month: of each plan, as it was set last.
[[nodiscard]] Result<std::vector<PlanItem>> items(const ViewSnapshot& snapshot,
                                                  std::string_view manager_id, Date month,
                                                  const std::optional<Timestamp>& known_at);

}  // namespace ledger::plans
