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

// The client contests an invoice or a part of it: no reminder goes out meanwhile, up to its last
// day.
struct DisputeOpened {
  static constexpr std::string_view kName = "dispute.opened";
  static constexpr int kVersion = 1;

  DisputeId dispute_id;            // Of the dispute
  ClientId client_id;              // The client
  InvoiceId invoice_id;            // The invoice
  Date opened_on;                  // The day
  std::optional<Money> amount;     // The contested part; absent: all of it
  std::string reason;              // Why, in words
  std::optional<Date> until = {};  // The last day on which it suspends; absent: rule "dispute"

  static void fields(auto&& field) {
    field("dispute_id", &DisputeOpened::dispute_id);
    field("client_id", &DisputeOpened::client_id);
    field("invoice_id", &DisputeOpened::invoice_id);
    field("opened_on", &DisputeOpened::opened_on);
    field("amount", &DisputeOpened::amount);
    field("reason", &DisputeOpened::reason);
    field("until", &DisputeOpened::until);
  }
  [[nodiscard]] Status validate() const {
    LEDGER_CHECK(amount ? check_positive(*amount, "amount.amount_minor") : Status());
    return until ? check_not_before(*until, opened_on, "until") : Status();
  }
  bool operator==(const DisputeOpened&) const = default;
};

enum class DisputeOutcome { kUpheld, kRejected, kWithdrawn };
constexpr auto names(DisputeOutcome) { return words("upheld", "rejected", "withdrawn"); }

// A dispute was settled.
struct DisputeClosed {
  static constexpr std::string_view kName = "dispute.closed";
  static constexpr int kVersion = 1;

  DisputeId dispute_id;      // Of the dispute
  ClientId client_id;        // The client
  Date closed_on;            // The day
  DisputeOutcome outcome{};  // In whose favour: upheld is the client's

  static void fields(auto&& field) {
    field("dispute_id", &DisputeClosed::dispute_id);
    field("client_id", &DisputeClosed::client_id);
    field("closed_on", &DisputeClosed::closed_on);
    field("outcome", &DisputeClosed::outcome);
  }
  bool operator==(const DisputeClosed&) const = default;
};

}  // namespace ledger
