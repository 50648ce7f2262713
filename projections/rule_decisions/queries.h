#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "projections/rule_decisions/rows.h"
#include "projections/store/view_store.h"

namespace ledger::rule_decisions {

// Up to `limit` decisions, the last recorded first, from the first key >= `from`: made by a day,
// recorded by the knowledge that is asked for; also those that were taken back since. Of one that
// was corrected the last by then. `shows` may leave some out.
struct Page {
  std::vector<Decision> decisions;
  std::string next;  // key to go on from; empty at the end
};
struct Wanted {
  AsOf as_of;
  std::optional<Kind> kind = {};
  std::function<Result<bool>(const Decision& decision)> shows = {};  // empty: every one
  std::size_t limit = 0;
};
[[nodiscard]] Result<Page> decisions(const ViewSnapshot& snapshot, std::string_view from,
                                     const Wanted& wanted);

}  // namespace ledger::rule_decisions
