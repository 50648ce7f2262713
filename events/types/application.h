#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "events/checks.h"
#include "events/fields.h"
#include "events/ids.h"
#include "events/money.h"

namespace ledger {

// A client applied for a product: a loan, a card, a deposit (article: the bank's manager).
struct ApplicationReceived {
  static constexpr std::string_view kName = "application.received";
  static constexpr int kVersion = 1;

  ApplicationId application_id;  // Of the application
  ClientId client_id;            // The client
  ManagerId manager_id;          // The manager who did it
  std::string product;           // For what
  std::optional<Money> amount;   // For how much

  static void fields(auto&& field) {
    field("application_id", &ApplicationReceived::application_id);
    field("client_id", &ApplicationReceived::client_id);
    field("manager_id", &ApplicationReceived::manager_id);
    field("product", &ApplicationReceived::product);
    field("amount", &ApplicationReceived::amount);
  }
  [[nodiscard]] Status validate() const {
    return amount ? check_positive(*amount, "amount.amount_minor") : Status{};
  }
  bool operator==(const ApplicationReceived&) const = default;
};

// It was decided.
struct ApplicationDecided {
  static constexpr std::string_view kName = "application.decided";
  static constexpr int kVersion = 1;

  ApplicationId application_id;       // Of the application
  ClientId client_id;                 // The client
  ManagerId manager_id;               // Who received it
  bool granted = false;               // Whether it was granted
  std::optional<std::string> reason;  // Why, in words

  static void fields(auto&& field) {
    field("application_id", &ApplicationDecided::application_id);
    field("client_id", &ApplicationDecided::client_id);
    field("manager_id", &ApplicationDecided::manager_id);
    field("granted", &ApplicationDecided::granted);
    field("reason", &ApplicationDecided::reason);
  }
  bool operator==(const ApplicationDecided&) const = default;
};

}  // namespace ledger
