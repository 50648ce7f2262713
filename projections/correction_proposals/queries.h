#pragma once

#include <optional>
#include <string>
#include <vector>

#include "projections/correction_proposals/rows.h"
#include "projections/store/view_store.h"

namespace ledger::correction_proposals {

struct Proposal {
  std::string source;
  std::string id;
  Position position;
  Timestamp recorded;
  Date day;
  std::optional<StepsRow::Step> followed;   // the first amendment that names it
  std::optional<StepsRow::Step> withdrawn;  // voided or corrected: it proposes nothing any more
};
// All of them as they stood then, the longest known first. There are few: each asks for two people.
[[nodiscard]] Result<std::vector<Proposal>> proposals(const ViewSnapshot& snapshot,
                                                      const AsOf& as_of);

}  // namespace ledger::correction_proposals
