#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "projections/obligations/obligation.h"

namespace ledger::obligations {

// Of a manager: what he answers for, as the owner or as a stand-in, and what he owes by himself;
// the cost follows his clients. Of nobody in particular: of the whole house.
struct Question {
  std::optional<ManagerId> manager;
  AsOf as_of;
};
// An obligation, and what it is sorted by.
struct Owed {
  Obligation one;
  std::string key;  // sort_key()
};
// By due date, those without one last; then by kind, client, manager and id. A case that was told
// twice stands twice, in the order of the log.
[[nodiscard]] inline bool comes_before(const Owed& left, const Owed& right) {
  return std::tie(left.key, left.one.position) < std::tie(right.key, right.one.position);
}
// What is owed, in no order: a page needs but a few sorted (comes_before). What is owed to one
// client, or by one manager, is kept between questions (projections/store/kept.h) and belongs to
// all of them.
struct OwedList {
  std::vector<const Owed*> rows;
  std::vector<std::shared_ptr<const std::vector<Owed>>> parts;  // where the rows live
};
// The zone is the same at every question to a store.
[[nodiscard]] Result<OwedList> obligations(const ViewSnapshot& snapshot, const Question& question,
                                           const BusinessZone& zone);
// The contact with a client that was planned and is due first: a follow-up, what a call's result
// said is to follow, or a meeting. nullopt: none is planned, or nothing is known of the client.
[[nodiscard]] Result<std::optional<Obligation>> next_contact(const ViewSnapshot& snapshot,
                                                             std::string_view client_id,
                                                             const AsOf& as_of,
                                                             const BusinessZone& zone);
// What a page begins with.
[[nodiscard]] std::string sort_key(const Obligation& one);

// How long a report or an act that nobody made stays on the list: until it is made, for the six
// months that an attestation looks back over.
inline constexpr int kOverdueMonths = 6;

// Days around a question that its calendar has to know: all of those months, and two ahead.
inline constexpr int kCalendarDays = 220;

}  // namespace ledger::obligations
