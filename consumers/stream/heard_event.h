#pragma once

#include <optional>
#include <string>

#include "events/envelope.h"
#include "events/json_codec.h"
#include "events/log/log_reader.h"

namespace ledger::stream {

// An event of the log as listeners are told of it: what it is and whom it concerns, not what it
// says. Who may know more asks for it.
struct HeardEvent {
  Position position;
  Timestamp recorded_time;
  std::string type;  // "call.completed"; empty: a line that does not decode, which no view shows
  std::optional<ClientId> client;
  std::optional<ManagerId> manager;
  std::string json;  // {"position":"2:57","type":"call.completed","source":…,"client_id":…}
  std::string restricted_json;  // for who may know that, not of whom; empty: nobody such
  bool of_access = false;       // who looked at what, and who may: also of what amends such
  // Whose clients and people are whose may be otherwise after it.
  bool moves_responsibility = false;
};

[[nodiscard]] HeardEvent heard(const StoredLine& stored, JsonCodec& codec);

}  // namespace ledger::stream
