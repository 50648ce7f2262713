#pragma once

#include <optional>
#include <set>
#include <string>

#include "projections/responsibility/responsibility.h"
#include "projections/store/view_store.h"

// Which clients a question about obligations has to look at.
namespace ledger::obligations {

// Clients that may concern a manager: the surviving cards of all that one of `managers` was ever
// assigned or took something upon himself for. Who answers today is to be asked of each.
[[nodiscard]] Result<std::set<std::string>> clients_of(const ViewSnapshot& snapshot,
                                                       const std::set<ManagerId>& managers,
                                                       const std::optional<Timestamp>& known_at);
// All clients that the ledger knows anything of that could be owed something.
[[nodiscard]] Result<std::set<std::string>> all_clients(const ViewSnapshot& snapshot,
                                                        const std::optional<Timestamp>& known_at);

}  // namespace ledger::obligations
