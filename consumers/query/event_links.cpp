#include "consumers/query/event_links.h"

#include <algorithm>

#include "events/json_codec.h"
#include "projections/seen/seen.h"

namespace ledger {

namespace {

Result<Event> read_event(const QueryContext& context, const Position& position) {
  LEDGER_TRY(const auto line, context.log.read(position));
  return JsonCodec().decode_line(line);
}

EventName name_of_event(const Event& event, const Position& position) {
  return {position, event.source, event.id, std::string(type_name(event.data))};
}

void write_name(JsonWriter& json, const EventName& name) {
  json.member("position", to_string(name.position));
  json.member("source", name.source);
  json.member("id", name.id);
  json.member("type", name.type);
}

}  // namespace

Result<std::vector<NamedEvent>> named_events(const QueryContext& context,
                                             const ViewSnapshot& snapshot,
                                             const std::vector<Position>& positions,
                                             const std::optional<Timestamp>& known_at) {
  std::vector<NamedEvent> named;
  for (std::size_t i = 0; i < std::min(positions.size(), kNamedEventsMax); ++i) {
    LEDGER_TRY(const auto event, read_event(context, positions[i]));
    NamedEvent one{name_of_event(event, positions[i]), std::nullopt};
    LEDGER_TRY(const auto seen, seen::find(snapshot, event.source, event.id));
    if (seen && seen->amended_by) {
      LEDGER_TRY(const auto amendment, read_event(context, *seen->amended_by));
      if (!known_at || amendment.stamps.recorded_time <= *known_at) {
        one.amended_by = name_of_event(amendment, *seen->amended_by);
      }
    }
    named.push_back(std::move(one));
  }
  return named;
}

void write_named_events(JsonWriter& json, const std::vector<NamedEvent>& events, std::size_t all) {
  json.key("events").begin_array();
  for (const auto& one : events) {
    json.begin_object();
    write_name(json, one.event);
    if (one.amended_by) {
      json.key("amended_by").begin_object();
      write_name(json, *one.amended_by);
      json.end_object();
    }
    json.end_object();
  }
  json.end_array();
  if (events.size() < all) {
    json.member("more_events", static_cast<std::int64_t>(all - events.size()));
  }
}

}  // namespace ledger
