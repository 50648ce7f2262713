#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "events/envelope.h"
#include "projections/store/view_store.h"

namespace ledger {

// The source of the matches that a rule makes (consumers/reactors/matching), not a person.
inline constexpr std::string_view kMatchingRule = "ledger/matching";

// Whose an event is. A key that nobody owns, or several do, matches nobody: the event is kept,
// shown as unmatched, and a person (or a later rule) says whose it is.
struct Match {
  std::optional<ClientId> client;
  std::optional<ManagerId> manager;
  std::string partition_key;           // the client; before a match the number, address or account
  std::optional<ClientId> named = {};  // as the event itself says, without the directory
};

// By what the event says itself (client_id, manager_id), else by the directory: phone, mail address
// or company domain, IBAN, tax code for the client; extension or own address for the manager.
// Not for amendments: their place is their target's.
[[nodiscard]] Result<Match> match(const ViewSnapshot& snapshot, const Submission& submission);

// Whether an event that says `left` lies where one that says `right` does, whatever the directory
// holds: it names the same client, or is to be matched by the same keys.
[[nodiscard]] bool same_place(const EventData& left, const EventData& right);

}  // namespace ledger
