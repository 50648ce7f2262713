#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "events/fields.h"
#include "events/ids.h"

namespace ledger {

// Somebody asks that a contract or a payment be taken back, or read otherwise. It changes nothing:
// a head of department who is not the one who asks does, by an event.voided or event.corrected that
// names this event (OWASP API6; schemas/decisions/0025).
struct CorrectionProposed {
  static constexpr std::string_view kName = "correction.proposed";
  static constexpr int kVersion = 1;

  std::string target_source;            // Source of the event that is wrong
  std::string target_id;                // Its id within its source
  std::string reason;                   // Why, for who decides
  std::optional<RawJson> data;          // What it should say; absent: it should not count at all
  std::optional<ManagerId> manager_id;  // Who asks
  std::optional<ClientId> client_id;    // The client of the event

  static void fields(auto&& field) {
    field("target_source", &CorrectionProposed::target_source);
    field("target_id", &CorrectionProposed::target_id);
    field("reason", &CorrectionProposed::reason);
    field("data", &CorrectionProposed::data, personal);
    field("manager_id", &CorrectionProposed::manager_id);
    field("client_id", &CorrectionProposed::client_id);
  }
  bool operator==(const CorrectionProposed&) const = default;
};

}  // namespace ledger
