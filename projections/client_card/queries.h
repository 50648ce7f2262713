#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "projections/client_card/dealings.h"
#include "projections/client_card/rows.h"
#include "projections/client_card/timeline.h"
#include "projections/directory/one_client.h"
#include "projections/known.h"
#include "projections/store/view_store.h"

namespace ledger::client_card {

// The card as it stood on a date: the facts of all cards that are this client, told by then. What
// an absorbed card said stands where the surviving one says nothing, and its phones, addresses and
// accounts beside the other's (domain-semantics.md 4c).
struct Card {
  directory::OneClient client;
  CardRow facts;            // every list by day, then by the time of the event
  DealingsRow dealings;     // likewise
  ClientUpdated details;    // registration and updates laid over one another
  bool registered = false;  // false: facts came before the card, or without one
  // The days on which the segment and the price type of `details` were told.
  std::optional<Date> segment_told;
  std::optional<Date> price_type_told;
};
// As it was known at `as_of.known_at`. `id` may be a card that was absorbed: the surviving one
// answers. nullopt: nothing is known of it.
[[nodiscard]] Result<std::optional<Card>> card(const ViewSnapshot& snapshot, std::string_view id,
                                               const AsOf& as_of);

// Of one card alone, as a search goes through them: no merges, no splits.
[[nodiscard]] Card card_alone(std::string_view id, const CardRow& row, const AsOf& as_of);
[[nodiscard]] Status scan_cards(
    const ViewSnapshot& snapshot, std::string_view from,
    const std::function<bool(std::string_view id, const CardRow& row)>& visit);

// Who answers for the client on a day by what was assigned.
[[nodiscard]] std::optional<ManagerId> owner_on(const CardRow& facts, Date day);

// The timeline, newest first by the time it happened, then by position. `cursor` is what the page
// before returned in `next`; kInvalidField for anything else.
struct TimelineQuestion {
  std::string_view cursor;
  std::optional<std::string> kind;  // only this one
  AsOf as_of;
  std::size_t limit = 0;
  bool taken_back_too = false;  // also what was voided or corrected since: nothing is ever deleted
};
struct TimelineSlice {
  std::vector<TimelineEntry> entries;
  std::string next;  // empty at the end
  // Between these what was voided or corrected since, and is left out.
  std::int64_t taken_back = 0;
};
[[nodiscard]] Result<TimelineSlice> timeline(const ViewSnapshot& snapshot,
                                             const directory::OneClient& client,
                                             const TimelineQuestion& question);

// Entries by kind. Of all that is known (`as_of` absent) it costs a row; to a day, by an earlier
// knowledge, or of a card that was split, it reads the whole timeline.
using Counters = std::map<std::string, std::int64_t>;
[[nodiscard]] Result<Counters> counters(const ViewSnapshot& snapshot,
                                        const directory::OneClient& client,
                                        const std::optional<AsOf>& as_of);

}  // namespace ledger::client_card
