#include "consumers/stream/heard_event.h"

#include <algorithm>
#include <array>
#include <utility>

#include "events/types/amendment.h"
#include "platform/json_writer.h"

namespace ledger::stream {

namespace {

struct Shown {
  std::string_view id;
  [[nodiscard]] std::string_view text() const { return id; }
};

template <class Id>
void member_or_null(JsonWriter& json, std::string_view name, const std::optional<Id>& id) {
  if (id) {
    json.member(name, id->text());
  } else {
    json.key(name).null();
  }
}

bool moves_responsibility(std::string_view type) {
  static constexpr std::array<std::string_view, 8> kTypes{
      "client.assigned",   "client.merged",    "client.split",       "manager.hired",
      "manager.dismissed", "absence.recorded", "stand_in.appointed", "stand_in.ended"};
  return std::find(kTypes.begin(), kTypes.end(), type) != kTypes.end();
}

// A void and a correction do as what they change did.
std::string_view type_in_effect(const EventData& data) {
  if (const auto* voided = data.get_if<EventVoided>(); voided != nullptr && voided->was) {
    return voided->was->type;
  }
  if (const auto* corrected = data.get_if<EventCorrected>();
      corrected != nullptr && corrected->was) {
    return corrected->was->type;
  }
  return type_name(data);
}

// `whole`: with what says whose it is. An id may have been made of the client's.
std::string json_of(const Event& event, const Position& position, bool whole) {
  JsonWriter json;
  json.begin_object();
  json.member("position", to_string(position));
  json.member("type", type_name(event.data));
  json.member("source", event.source);
  member_or_null(json, "id", whole ? std::optional(Shown{event.id}) : std::nullopt);
  json.member("time", format_timestamp(event.time));
  json.member("local_day", format_date(event.stamps.local_day));
  member_or_null(json, "client_id", whole ? event.stamps.subject : std::nullopt);
  member_or_null(json, "manager_id", event.stamps.actor);
  if (!whole) json.member("restricted", true);
  json.end_object();
  return json.take();
}

}  // namespace

HeardEvent heard(const StoredLine& stored, JsonCodec& codec) {
  HeardEvent heard;
  heard.position = stored.position;
  auto event = codec.decode_line(stored.line);
  if (!event) return heard;
  heard.recorded_time = event->stamps.recorded_time;
  heard.type = type_name(event->data);
  heard.json = json_of(*event, stored.position, /*whole=*/true);
  if (event->stamps.subject && event->stamps.actor) {
    heard.restricted_json = json_of(*event, stored.position, /*whole=*/false);
  }
  const auto in_effect = type_in_effect(event->data);
  heard.of_access = in_effect.starts_with("access.") || heard.type.starts_with("access.");
  heard.moves_responsibility = moves_responsibility(in_effect);
  heard.client = std::move(event->stamps.subject);
  heard.manager = std::move(event->stamps.actor);
  return heard;
}

}  // namespace ledger::stream
