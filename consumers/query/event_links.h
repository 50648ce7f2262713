#pragma once

#include <optional>
#include <string>
#include <vector>

#include "consumers/query/context.h"
#include "events/position.h"

namespace ledger {

// An event by the names that its sender gave it.
struct EventName {
  Position position;
  std::string source;
  std::string id;
  std::string type;  // "call.completed"
};

// An event that lies behind a change, and the void or correction that changed it.
struct NamedEvent {
  EventName event;
  std::optional<EventName> amended_by;
};

// So many are named; a figure may rest on thousands.
inline constexpr std::size_t kNamedEventsMax = 20;

// The first kNamedEventsMax of `positions`, read from the log. An amendment that was recorded after
// `known_at` is not named.
[[nodiscard]] Result<std::vector<NamedEvent>> named_events(
    const QueryContext& context, const ViewSnapshot& snapshot,
    const std::vector<Position>& positions, const std::optional<Timestamp>& known_at);

// As members "events" and, where not all are named, "more_events" of an open object.
void write_named_events(JsonWriter& json, const std::vector<NamedEvent>& events, std::size_t all);

}  // namespace ledger
