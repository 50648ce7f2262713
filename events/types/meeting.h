#pragma once

#include <optional>
#include <string>
#include <vector>

#include "events/fields.h"
#include "events/ids.h"

namespace ledger {

// A meeting with a client took place (job description 3.2).
struct MeetingHeld {
  static constexpr std::string_view kName = "meeting.held";
  static constexpr int kVersion = 1;

  ClientId client_id;
  ManagerId manager_id;
  std::string topic;
  std::optional<std::string> place;
  std::vector<std::string> participants;
  std::optional<std::string> outcome;

  static void fields(auto&& field) {
    field("client_id", &MeetingHeld::client_id);
    field("manager_id", &MeetingHeld::manager_id);
    field("topic", &MeetingHeld::topic);
    field("place", &MeetingHeld::place);
    field("participants", &MeetingHeld::participants, personal);
    field("outcome", &MeetingHeld::outcome);
  }
  bool operator==(const MeetingHeld&) const = default;
};

}  // namespace ledger
