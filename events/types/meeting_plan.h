#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "events/fields.h"
#include "events/ids.h"
#include "platform/clock.h"

namespace ledger {

// A meeting was arranged.
struct MeetingPlanned {
  static constexpr std::string_view kName = "meeting.planned";
  static constexpr int kVersion = 1;

  MeetingId meeting_id;              // Of the meeting
  ClientId client_id;                // The client
  ManagerId manager_id;              // The manager who did it
  Timestamp planned_for;             // When
  std::string topic;                 // What about
  std::optional<std::string> place;  // Where

  static void fields(auto&& field) {
    field("meeting_id", &MeetingPlanned::meeting_id);
    field("client_id", &MeetingPlanned::client_id);
    field("manager_id", &MeetingPlanned::manager_id);
    field("planned_for", &MeetingPlanned::planned_for);
    field("topic", &MeetingPlanned::topic);
    field("place", &MeetingPlanned::place);
  }
  bool operator==(const MeetingPlanned&) const = default;
};

// A meeting that was arranged did not take place.
struct MeetingMissed {
  static constexpr std::string_view kName = "meeting.missed";
  static constexpr int kVersion = 1;

  MeetingId meeting_id;               // Of the meeting
  ClientId client_id;                 // The client
  ManagerId manager_id;               // The manager who did it
  std::optional<std::string> reason;  // Why, in words

  static void fields(auto&& field) {
    field("meeting_id", &MeetingMissed::meeting_id);
    field("client_id", &MeetingMissed::client_id);
    field("manager_id", &MeetingMissed::manager_id);
    field("reason", &MeetingMissed::reason);
  }
  bool operator==(const MeetingMissed&) const = default;
};

}  // namespace ledger
