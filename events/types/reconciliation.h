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

// An act of reconciliation (акт звірки) was made for a period. Position and digest prove its
// figures: it can be printed again to the byte.
struct ReconciliationDrafted {
  static constexpr std::string_view kName = "reconciliation.drafted";
  static constexpr int kVersion = 1;

  ActId act_id;          // Of the act
  ClientId client_id;    // The client
  ManagerId manager_id;  // The manager who did it
  Date from;             // The first day
  Date to;               // The last day, included
  Money closing;         // What the client owes us at the end by our books; negative: we owe
  std::string position;  // Position of the log at which it was made
  std::string digest;    // SHA-256 of its canonical JSON, lower-case hex
  std::optional<std::string> number;      // On the paper
  std::optional<ContractId> contract_id;  // Absent: all contracts

  static void fields(auto&& field) {
    field("act_id", &ReconciliationDrafted::act_id);
    field("client_id", &ReconciliationDrafted::client_id);
    field("manager_id", &ReconciliationDrafted::manager_id);
    field("from", &ReconciliationDrafted::from);
    field("to", &ReconciliationDrafted::to);
    field("closing", &ReconciliationDrafted::closing);
    field("position", &ReconciliationDrafted::position);
    field("digest", &ReconciliationDrafted::digest);
    field("number", &ReconciliationDrafted::number);
    field("contract_id", &ReconciliationDrafted::contract_id);
  }
  [[nodiscard]] Status validate() const {
    LEDGER_CHECK(check_not_before(to, from, "to"));
    return check_sha256(digest, "digest");
  }
  bool operator==(const ReconciliationDrafted&) const = default;
};

enum class ActChannel { kLetter, kEmail, kCourier, kPortal };
constexpr auto names(ActChannel) { return words("letter", "email", "courier", "portal"); }

// An act went to the client.
struct ReconciliationSent {
  static constexpr std::string_view kName = "reconciliation.sent";
  static constexpr int kVersion = 1;

  ActId act_id;          // Of the act
  ClientId client_id;    // The client
  ManagerId manager_id;  // The manager who did it
  Date sent_on;          // The day
  ActChannel channel{};  // How

  static void fields(auto&& field) {
    field("act_id", &ReconciliationSent::act_id);
    field("client_id", &ReconciliationSent::client_id);
    field("manager_id", &ReconciliationSent::manager_id);
    field("sent_on", &ReconciliationSent::sent_on);
    field("channel", &ReconciliationSent::channel);
  }
  bool operator==(const ReconciliationSent&) const = default;
};

}  // namespace ledger
