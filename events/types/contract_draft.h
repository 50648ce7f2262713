#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "events/fields.h"
#include "events/ids.h"
#include "platform/clock.h"

namespace ledger {

// A draft went to the client (job description 3.2).
struct ContractDraftSent {
  static constexpr std::string_view kName = "contract.draft_sent";
  static constexpr int kVersion = 1;

  ContractId contract_id;             // The contract
  ClientId client_id;                 // The client
  ManagerId manager_id;               // The manager who did it
  Date sent_on;                       // The day
  std::optional<std::string> number;  // Of the contract to be

  static void fields(auto&& field) {
    field("contract_id", &ContractDraftSent::contract_id);
    field("client_id", &ContractDraftSent::client_id);
    field("manager_id", &ContractDraftSent::manager_id);
    field("sent_on", &ContractDraftSent::sent_on);
    field("number", &ContractDraftSent::number);
  }
  bool operator==(const ContractDraftSent&) const = default;
};

// The client does not agree with a clause (protocol of disagreements).
struct ContractDisagreementRaised {
  static constexpr std::string_view kName = "contract.disagreement_raised";
  static constexpr int kVersion = 1;

  ContractId contract_id;             // The contract
  ClientId client_id;                 // The client
  ManagerId manager_id;               // The manager who did it
  std::optional<std::string> clause;  // Which
  std::string text;                   // In words

  static void fields(auto&& field) {
    field("contract_id", &ContractDisagreementRaised::contract_id);
    field("client_id", &ContractDisagreementRaised::client_id);
    field("manager_id", &ContractDisagreementRaised::manager_id);
    field("clause", &ContractDisagreementRaised::clause);
    field("text", &ContractDisagreementRaised::text);
  }
  bool operator==(const ContractDisagreementRaised&) const = default;
};

// A disagreement was settled.
struct ContractDisagreementResolved {
  static constexpr std::string_view kName = "contract.disagreement_resolved";
  static constexpr int kVersion = 1;

  ContractId contract_id;             // The contract
  ClientId client_id;                 // The client
  ManagerId manager_id;               // The manager who did it
  std::optional<std::string> clause;  // Which
  std::string text;                   // In words

  static void fields(auto&& field) {
    field("contract_id", &ContractDisagreementResolved::contract_id);
    field("client_id", &ContractDisagreementResolved::client_id);
    field("manager_id", &ContractDisagreementResolved::manager_id);
    field("clause", &ContractDisagreementResolved::clause);
    field("text", &ContractDisagreementResolved::text);
  }
  bool operator==(const ContractDisagreementResolved&) const = default;
};

// A contract ended before its time.
struct ContractTerminated {
  static constexpr std::string_view kName = "contract.terminated";
  static constexpr int kVersion = 1;

  ContractId contract_id;               // The contract
  ClientId client_id;                   // The client
  std::optional<ManagerId> manager_id;  // The manager who did it
  Date terminated_on;                   // The last day
  std::string reason;                   // Why, in words

  static void fields(auto&& field) {
    field("contract_id", &ContractTerminated::contract_id);
    field("client_id", &ContractTerminated::client_id);
    field("manager_id", &ContractTerminated::manager_id);
    field("terminated_on", &ContractTerminated::terminated_on);
    field("reason", &ContractTerminated::reason);
  }
  bool operator==(const ContractTerminated&) const = default;
};

}  // namespace ledger
