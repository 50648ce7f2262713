#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/fields.h"
#include "events/ids.h"

namespace ledger {

// A client left (job description 2.3, 3.3).
struct ClientLost {
  static constexpr std::string_view kName = "client.lost";
  static constexpr int kVersion = 1;

  ClientId client_id;                         // The client
  ManagerId manager_id;                       // The manager who did it
  std::string reason;                         // Why, in words
  std::optional<CompetitorId> to_competitor;  // To whom

  static void fields(auto&& field) {
    field("client_id", &ClientLost::client_id);
    field("manager_id", &ClientLost::manager_id);
    field("reason", &ClientLost::reason);
    field("to_competitor", &ClientLost::to_competitor);
  }
  bool operator==(const ClientLost&) const = default;
};

// Two cards are one client: the absorbed id answers for the surviving one from now on. Taken back
// by event.voided.
struct ClientMerged {
  static constexpr std::string_view kName = "client.merged";
  static constexpr int kVersion = 1;

  ClientId client_id;                   // The card that stays
  ClientId absorbed_client_id;          // The card that is absorbed
  std::optional<ManagerId> manager_id;  // The manager who did it
  std::string reason;                   // Why, in words

  static void fields(auto&& field) {
    field("client_id", &ClientMerged::client_id);
    field("absorbed_client_id", &ClientMerged::absorbed_client_id);
    field("manager_id", &ClientMerged::manager_id);
    field("reason", &ClientMerged::reason);
  }
  [[nodiscard]] Status validate() const {
    return client_id == absorbed_client_id
               ? fail(ErrorCode::kInvalidField, "a card is not merged with itself",
                      "absorbed_client_id")
               : Status();
  }
  bool operator==(const ClientMerged&) const = default;
};

// An event by its identity.
struct EventRef {
  std::string source;  // Of the event
  std::string id;      // Of the event within its source

  static void fields(auto&& field) {
    field("source", &EventRef::source);
    field("id", &EventRef::id);
  }
  bool operator==(const EventRef&) const = default;
};

// A part of a card turned out to be another client: the named persons, contracts and events are its
// from now on.
struct ClientSplit {
  static constexpr std::string_view kName = "client.split";
  static constexpr int kVersion = 1;

  ClientId client_id;                    // The card that is split
  ClientId new_client_id;                // The card of the other client
  std::optional<ManagerId> manager_id;   // The manager who did it
  std::vector<PersonId> person_ids;      // Contact persons that move
  std::vector<ContractId> contract_ids;  // Contracts that move
  std::string reason;                    // Why, in words
  std::vector<EventRef> events = {};     // Events that move

  static void fields(auto&& field) {
    field("client_id", &ClientSplit::client_id);
    field("new_client_id", &ClientSplit::new_client_id);
    field("manager_id", &ClientSplit::manager_id);
    field("person_ids", &ClientSplit::person_ids);
    field("contract_ids", &ClientSplit::contract_ids);
    field("reason", &ClientSplit::reason);
    field("events", &ClientSplit::events);
  }
  [[nodiscard]] Status validate() const {
    return client_id == new_client_id
               ? fail(ErrorCode::kInvalidField, "a card is not split from itself", "new_client_id")
               : Status();
  }
  bool operator==(const ClientSplit&) const = default;
};

}  // namespace ledger
