#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "projections/directory/rows.h"
#include "projections/store/view_store.h"

namespace ledger::directory {

// The one owner of a key; nullopt if there is none, or several: the ledger does not choose.
[[nodiscard]] Result<std::optional<std::string>> owner_of(const ViewSnapshot& snapshot,
                                                          KeyKind kind, std::string_view value);

// All managers, by id.
[[nodiscard]] Result<std::vector<ManagerHired>> managers(const ViewSnapshot& snapshot);

// The norm and its parameters for one metric, manager and day: the latest effective policy of the
// narrowest scope, parameters that it leaves out from the defaults of domain.md 3.
struct Norm {
  std::int64_t target = 0;
  std::int64_t min_talk_s = 10;
  bool count_unanswered = false;
  bool count_inbound = false;
  bool count_unverified = true;
  std::string policy_id = "default";
};
[[nodiscard]] Result<PoliciesRow> policies(const ViewSnapshot& snapshot);
[[nodiscard]] Norm norm_of(const PoliciesRow& policies, QuotaMetric metric,
                           const ManagerHired& manager, Date day);

}  // namespace ledger::directory
