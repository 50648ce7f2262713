#pragma once

#include <string>
#include <string_view>

#include "events/fields.h"
#include "events/ids.h"

namespace ledger {

// What a call, a letter or an inquiry is that is no client's.
enum class InteractionNature {
  kWrongNumber,
  kPrivate,
  kSpam,
  kSupplier,
  kInternal,
  kTest,
  kOther,
};
constexpr auto names(InteractionNature) {
  return words("wrong_number", "private", "spam", "supplier", "internal", "test", "other");
}

// A call, a letter or an inquiry that waits for its client is no client's: a wrong number, a
// private call, spam. It waits no more and nobody is proposed for it; the next one of the same
// number waits again. What was recorded stays as it is and counts as before: nowhere, since it has
// no client. Of one whose client is known and whose manager is not, it says that it is no
// manager's: a secretary's. Voided, it was never said. Lies where the interaction does. Of money
// payment.ruled_out says so.
struct InteractionRuledOut {
  static constexpr std::string_view kName = "interaction.ruled_out";
  static constexpr int kVersion = 1;

  std::string target_source;   // Source of the waiting event
  std::string target_id;       // Id of the waiting event within its source
  InteractionNature nature{};  // What it is
  ManagerId manager_id;        // The manager who said so
  std::string reason;          // Why, for the auditor

  static void fields(auto&& field) {
    field("target_source", &InteractionRuledOut::target_source);
    field("target_id", &InteractionRuledOut::target_id);
    field("nature", &InteractionRuledOut::nature);
    field("manager_id", &InteractionRuledOut::manager_id);
    field("reason", &InteractionRuledOut::reason);
  }
  bool operator==(const InteractionRuledOut&) const = default;
};

}  // namespace ledger
