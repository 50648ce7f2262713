#include "events/event_data.h"

namespace ledger {

std::string data_json(const EventData& data, json::Members which) {
  JsonWriter json;
  data.type().write(json, data.raw(), which);
  return json.take();
}

bool operator==(const EventData& left, const EventData& right) {
  if (left.empty() || right.empty()) return left.empty() == right.empty();
  return &left.type() == &right.type() && data_json(left) == data_json(right);
}

}  // namespace ledger
