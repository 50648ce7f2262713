#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "events/fields.h"
#include "events/ids.h"

namespace ledger {

// What is left of a client's money is an advance: it is to pay for what comes, and nobody has to
// look for the invoice that it pays (domain-semantics.md 4b, the rest = unallocated). How much that
// is nobody says: it is what remains at any time, and what is allocated later makes it less.
// Voided, it was never said. Lies in the client's partition.
struct PaymentAdvanceNamed {
  static constexpr std::string_view kName = "payment.advance_named";
  static constexpr int kVersion = 1;

  ClientId client_id;                 // The client
  std::string payment_source;         // CloudEvents source of the payment
  std::string payment_id;             // CloudEvents id of the payment within its source
  ManagerId manager_id;               // The manager who said so
  std::optional<std::string> reason;  // For what, in words

  static void fields(auto&& field) {
    field("client_id", &PaymentAdvanceNamed::client_id);
    field("payment_source", &PaymentAdvanceNamed::payment_source);
    field("payment_id", &PaymentAdvanceNamed::payment_id);
    field("manager_id", &PaymentAdvanceNamed::manager_id);
    field("reason", &PaymentAdvanceNamed::reason);
  }
  bool operator==(const PaymentAdvanceNamed&) const = default;
};

}  // namespace ledger
