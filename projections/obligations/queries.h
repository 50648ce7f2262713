#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "projections/obligations/obligation.h"

namespace ledger::obligations {

// Of a manager: what he answers for, as the owner or as a stand-in, and what he owes by himself;
// the cost follows his clients. Of nobody in particular: of the whole house.
struct Question {
  std::optional<ManagerId> manager;
  AsOf as_of;
};
// By due date, those without one last; then by kind, client, manager and id.
[[nodiscard]] Result<std::vector<Obligation>> obligations(const ViewSnapshot& snapshot,
                                                          const Question& question,
                                                          const BusinessZone& zone);
// Sorts as above; what a page begins with.
[[nodiscard]] std::string sort_key(const Obligation& one);

// Days around a question that its calendar has to know.
inline constexpr int kCalendarDays = 70;

}  // namespace ledger::obligations
