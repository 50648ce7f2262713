#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
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
// The contact with a client that was planned and is due first: a follow-up, what a call's result
// said is to follow, or a meeting. nullopt: none is planned, or nothing is known of the client.
[[nodiscard]] Result<std::optional<Obligation>> next_contact(const ViewSnapshot& snapshot,
                                                             std::string_view client_id,
                                                             const AsOf& as_of,
                                                             const BusinessZone& zone);
// Sorts as above; what a page begins with.
[[nodiscard]] std::string sort_key(const Obligation& one);

// How long a report or an act that nobody made stays on the list: until it is made, for the six
// months that an attestation looks back over.
inline constexpr int kOverdueMonths = 6;

// Days around a question that its calendar has to know: all of those months, and two ahead.
inline constexpr int kCalendarDays = 220;

}  // namespace ledger::obligations
