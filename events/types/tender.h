#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "events/fields.h"
#include "events/ids.h"
#include "events/money.h"
#include "platform/clock.h"

namespace ledger {

// A client of the government side buys by tender (article).
struct TenderFound {
  static constexpr std::string_view kName = "tender.found";
  static constexpr int kVersion = 1;

  TenderId tender_id;    // Of the tender
  ClientId client_id;    // The client
  ManagerId manager_id;  // The manager who did it
  std::string subject;   // What is bought
  Date bid_due_on;       // The last day for a bid

  static void fields(auto&& field) {
    field("tender_id", &TenderFound::tender_id);
    field("client_id", &TenderFound::client_id);
    field("manager_id", &TenderFound::manager_id);
    field("subject", &TenderFound::subject);
    field("bid_due_on", &TenderFound::bid_due_on);
  }
  bool operator==(const TenderFound&) const = default;
};

// We made a bid.
struct TenderBidSubmitted {
  static constexpr std::string_view kName = "tender.bid_submitted";
  static constexpr int kVersion = 1;

  TenderId tender_id;           // Of the tender
  ClientId client_id;           // The client
  ManagerId manager_id;         // The manager who did it
  std::optional<Money> amount;  // Of the bid

  static void fields(auto&& field) {
    field("tender_id", &TenderBidSubmitted::tender_id);
    field("client_id", &TenderBidSubmitted::client_id);
    field("manager_id", &TenderBidSubmitted::manager_id);
    field("amount", &TenderBidSubmitted::amount);
  }
  bool operator==(const TenderBidSubmitted&) const = default;
};

// The tender was decided.
struct TenderDecided {
  static constexpr std::string_view kName = "tender.decided";
  static constexpr int kVersion = 1;

  TenderId tender_id;                   // Of the tender
  ClientId client_id;                   // The client
  std::optional<ManagerId> manager_id;  // The manager who did it
  bool won = false;                     // Whether by us
  std::optional<std::string> reason;    // Why, in words

  static void fields(auto&& field) {
    field("tender_id", &TenderDecided::tender_id);
    field("client_id", &TenderDecided::client_id);
    field("manager_id", &TenderDecided::manager_id);
    field("won", &TenderDecided::won);
    field("reason", &TenderDecided::reason);
  }
  bool operator==(const TenderDecided&) const = default;
};

}  // namespace ledger
