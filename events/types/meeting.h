#pragma once

#include <optional>
#include <string>
#include <vector>

#include "events/fields.h"
#include "events/ids.h"

namespace ledger {

enum class MeetingLevel { kHead, kSpecialist };
constexpr auto names(MeetingLevel) { return words("head", "specialist"); }

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
  std::optional<MeetingId> meeting_id = {};  // of meeting.planned
  std::optional<MeetingLevel> level = {};
  std::optional<bool> preliminary = {};

  static void fields(auto&& field) {
    field("client_id", &MeetingHeld::client_id);
    field("manager_id", &MeetingHeld::manager_id);
    field("topic", &MeetingHeld::topic);
    field("place", &MeetingHeld::place);
    field("participants", &MeetingHeld::participants, personal);
    field("outcome", &MeetingHeld::outcome);
    field("meeting_id", &MeetingHeld::meeting_id);
    field("level", &MeetingHeld::level);
    field("preliminary", &MeetingHeld::preliminary);
  }
  bool operator==(const MeetingHeld&) const = default;
};

}  // namespace ledger
