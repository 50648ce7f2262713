#pragma once

#include <optional>
#include <string>

#include "events/fields.h"
#include "events/ids.h"

namespace ledger {

// A person looked at a waiting interaction and a client, and it is not his: he is not proposed for
// it again, and no rule matches them. A person still may. Lies in the client's partition; voided,
// it was never said.
struct InteractionMatchRejected {
  static constexpr std::string_view kName = "interaction.match_rejected";
  static constexpr int kVersion = 1;

  std::string target_source;            // Source of the waiting event
  std::string target_id;                // Id of the waiting event within its source
  ClientId client_id;                   // Whose it is not
  std::optional<ManagerId> manager_id;  // The manager who said so
  std::string reason;                   // Why, for the auditor

  static void fields(auto&& field) {
    field("target_source", &InteractionMatchRejected::target_source);
    field("target_id", &InteractionMatchRejected::target_id);
    field("client_id", &InteractionMatchRejected::client_id);
    field("manager_id", &InteractionMatchRejected::manager_id);
    field("reason", &InteractionMatchRejected::reason);
  }
  bool operator==(const InteractionMatchRejected&) const = default;
};

}  // namespace ledger
