#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "projections/client_card/rows.h"
#include "projections/store/view_store.h"

namespace ledger::client_card {

// The card as it stands: the last value of every detail, the owner of a day.
struct Card {
  CardRow row;
  ClientUpdated details;    // registration and updates laid over one another
  bool registered = false;  // false: facts came before the card, or without one
  std::optional<ManagerId> owner;
};
[[nodiscard]] Result<std::optional<Card>> card(const ViewSnapshot& snapshot,
                                               std::string_view client_id, Date as_of);

// The timeline, newest first by the time it happened, then by position. `cursor` is what the page
// before returned in `next`; kInvalidField for anything else.
struct TimelineSlice {
  std::vector<TimelineEntry> entries;
  std::string next;  // empty at the end
};
[[nodiscard]] Result<TimelineSlice> timeline(const ViewSnapshot& snapshot,
                                             std::string_view client_id, std::string_view cursor,
                                             std::size_t limit);

}  // namespace ledger::client_card
