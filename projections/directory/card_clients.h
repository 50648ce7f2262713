#pragma once

#include <optional>
#include <set>
#include <string>

#include "platform/clock.h"
#include "projections/store/view_store.h"

namespace ledger::directory {

// Adds the client that a card belongs to, and those to whom something of it was split off. Kept
// between questions: lists of all clients go through all cards.
[[nodiscard]] Status add_clients_of_card(std::set<std::string>& found, const ViewSnapshot& snapshot,
                                         const std::string& card,
                                         const std::optional<Timestamp>& known_at);

}  // namespace ledger::directory
