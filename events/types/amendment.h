#pragma once

#include <optional>
#include <string>

#include "events/fields.h"
#include "events/ids.h"
#include "platform/clock.h"

// Events about events. Nothing in the log is ever changed; these say how an earlier event is to be
// read. The door looks the named event up and stamps into `was` what is being taken back or moved,
// so that the line explains itself to an auditor and a fold needs no other line to undo it.
namespace ledger {

// An earlier event as it was read until now: its own members, or those of its last correction.
struct EventAsRead {
  std::string type;      // "call.completed"
  std::string position;  // of the event itself, "3:1207"
  Timestamp time;
  Date local_day;
  std::optional<ClientId> subject;
  std::optional<ManagerId> actor;
  RawJson data;

  static void fields(auto&& field) {
    field("type", &EventAsRead::type);
    field("position", &EventAsRead::position);
    field("time", &EventAsRead::time);
    field("local_day", &EventAsRead::local_day);
    field("subject", &EventAsRead::subject);
    field("actor", &EventAsRead::actor);
    field("data", &EventAsRead::data, personal);
  }
  bool operator==(const EventAsRead&) const = default;
};

// The named event never should have counted: all its effects are taken back on its own day.
struct EventVoided {
  static constexpr std::string_view kName = "event.voided";
  static constexpr int kVersion = 1;

  std::string target_source;
  std::string target_id;
  std::string reason;
  std::optional<ManagerId> manager_id;  // who decided
  std::optional<EventAsRead> was;
  // Of the correction.proposed that it follows: what a second person approved.
  std::optional<std::string> proposal_source = {};
  std::optional<std::string> proposal_id = {};

  static void fields(auto&& field) {
    field("target_source", &EventVoided::target_source);
    field("target_id", &EventVoided::target_id);
    field("reason", &EventVoided::reason);
    field("manager_id", &EventVoided::manager_id);
    field("was", &EventVoided::was, stamped);
    field("proposal_source", &EventVoided::proposal_source);
    field("proposal_id", &EventVoided::proposal_id);
  }
  bool operator==(const EventVoided&) const = default;
};

// The named event is to be read with other data from now on, on its own day and at its own place.
// `data` replaces the target's data whole and must be valid for the target's type. It cannot move
// the event to another client: that is a void and a new event.
struct EventCorrected {
  static constexpr std::string_view kName = "event.corrected";
  static constexpr int kVersion = 1;

  std::string target_source;
  std::string target_id;
  std::string reason;
  RawJson data;
  std::optional<ManagerId> manager_id;  // who decided
  std::optional<EventAsRead> was;
  std::optional<ManagerId> actor;  // who gets the credit by the corrected data
  // Of the correction.proposed that it follows: what a second person approved.
  std::optional<std::string> proposal_source = {};
  std::optional<std::string> proposal_id = {};

  static void fields(auto&& field) {
    field("target_source", &EventCorrected::target_source);
    field("target_id", &EventCorrected::target_id);
    field("reason", &EventCorrected::reason);
    field("data", &EventCorrected::data, personal);
    field("manager_id", &EventCorrected::manager_id);
    field("was", &EventCorrected::was, stamped);
    field("actor", &EventCorrected::actor, stamped);
    field("proposal_source", &EventCorrected::proposal_source);
    field("proposal_id", &EventCorrected::proposal_id);
  }
  bool operator==(const EventCorrected&) const = default;
};

// A waiting interaction found its client (a person chose, or a rule), its manager, or both: from
// now on it is read as theirs, on the day it happened. Lies in the client's partition and carries
// the interaction. Who says so and who gets the credit are two things: the credit is of who acted
// (domain-semantics.md 4a, stand-in).
struct InteractionMatched {
  static constexpr std::string_view kName = "interaction.matched";
  static constexpr int kVersion = 1;

  std::string target_source;
  std::string target_id;
  ClientId client_id;
  std::optional<ManagerId> manager_id;  // who says so; no credit comes of it
  std::string reason;
  std::optional<EventAsRead> was;
  std::optional<ManagerId> credited_manager_id = {};  // who acted, where nobody was known for it

  // Its client was known before: only its manager was missing.
  [[nodiscard]] bool credits_alone() const { return credited_manager_id && was && was->subject; }

  static void fields(auto&& field) {
    field("target_source", &InteractionMatched::target_source);
    field("target_id", &InteractionMatched::target_id);
    field("client_id", &InteractionMatched::client_id);
    field("manager_id", &InteractionMatched::manager_id);
    field("reason", &InteractionMatched::reason);
    field("was", &InteractionMatched::was, stamped);
    field("credited_manager_id", &InteractionMatched::credited_manager_id);
  }
  bool operator==(const InteractionMatched&) const = default;
};

}  // namespace ledger
