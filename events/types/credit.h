#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "events/checks.h"
#include "events/fields.h"
#include "events/ids.h"
#include "events/money.h"
#include "platform/clock.h"

namespace ledger {

// How much a client may owe, from a day on.
struct CreditLimitSet {
  static constexpr std::string_view kName = "credit_limit.set";
  static constexpr int kVersion = 1;

  ClientId client_id;                      // The client
  Money amount;                            // The most that may be open
  Date effective_from;                     // The business day from which it holds
  std::optional<std::string> approved_by;  // Who approved it

  static void fields(auto&& field) {
    field("client_id", &CreditLimitSet::client_id);
    field("amount", &CreditLimitSet::amount);
    field("effective_from", &CreditLimitSet::effective_from);
    field("approved_by", &CreditLimitSet::approved_by);
  }
  [[nodiscard]] Status validate() const {
    return check_not_negative(amount, "amount.amount_minor");
  }
  bool operator==(const CreditLimitSet&) const = default;
};

// Nothing is shipped to the client on credit until it is released.
struct ShipmentStopped {
  static constexpr std::string_view kName = "shipment.stopped";
  static constexpr int kVersion = 1;

  ClientId client_id;      // The client
  Date stopped_on;         // The day
  std::string stopped_by;  // Who decided
  std::string reason;      // Why, in words

  static void fields(auto&& field) {
    field("client_id", &ShipmentStopped::client_id);
    field("stopped_on", &ShipmentStopped::stopped_on);
    field("stopped_by", &ShipmentStopped::stopped_by);
    field("reason", &ShipmentStopped::reason);
  }
  bool operator==(const ShipmentStopped&) const = default;
};

// Shipping goes on, for good or until a day.
struct ShipmentReleased {
  static constexpr std::string_view kName = "shipment.released";
  static constexpr int kVersion = 1;

  ClientId client_id;         // The client
  Date released_on;           // The day
  std::string released_by;    // Who decided, and in what role
  std::optional<Date> until;  // The last day, included
  std::string reason;         // Why, in words

  static void fields(auto&& field) {
    field("client_id", &ShipmentReleased::client_id);
    field("released_on", &ShipmentReleased::released_on);
    field("released_by", &ShipmentReleased::released_by);
    field("until", &ShipmentReleased::until);
    field("reason", &ShipmentReleased::reason);
  }
  [[nodiscard]] Status validate() const {
    return until ? check_not_before(*until, released_on, "until") : Status();
  }
  bool operator==(const ShipmentReleased&) const = default;
};

}  // namespace ledger
