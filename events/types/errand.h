#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "events/fields.h"
#include "events/ids.h"
#include "events/money.h"
#include "platform/clock.h"

namespace ledger {

// A manager asked another service for something (job description 4, 3.5).
struct InformationRequested {
  static constexpr std::string_view kName = "information.requested";
  static constexpr int kVersion = 1;

  RequestId request_id;        // Of the request
  ManagerId manager_id;        // The manager who did it
  std::string asked;           // Whom
  std::string question;        // What
  std::optional<Date> due_on;  // The day by which it is due, included

  static void fields(auto&& field) {
    field("request_id", &InformationRequested::request_id);
    field("manager_id", &InformationRequested::manager_id);
    field("asked", &InformationRequested::asked);
    field("question", &InformationRequested::question);
    field("due_on", &InformationRequested::due_on);
  }
  bool operator==(const InformationRequested&) const = default;
};

// He got it.
struct InformationSupplied {
  static constexpr std::string_view kName = "information.supplied";
  static constexpr int kVersion = 1;

  RequestId request_id;             // Of the request
  ManagerId manager_id;             // Who asked
  std::optional<std::string> note;  // What else is worth keeping

  static void fields(auto&& field) {
    field("request_id", &InformationSupplied::request_id);
    field("manager_id", &InformationSupplied::manager_id);
    field("note", &InformationSupplied::note);
  }
  bool operator==(const InformationSupplied&) const = default;
};

// A manager asked for a decision beyond his competence (job description 4, 3.2).
struct ApprovalRequested {
  static constexpr std::string_view kName = "approval.requested";
  static constexpr int kVersion = 1;

  ApprovalId approval_id;             // Of the request
  ManagerId manager_id;               // The manager who did it
  std::string subject;                // What is to be decided
  std::optional<ClientId> client_id;  // The client
  std::optional<Money> amount;        // What is at stake

  static void fields(auto&& field) {
    field("approval_id", &ApprovalRequested::approval_id);
    field("manager_id", &ApprovalRequested::manager_id);
    field("subject", &ApprovalRequested::subject);
    field("client_id", &ApprovalRequested::client_id);
    field("amount", &ApprovalRequested::amount);
  }
  bool operator==(const ApprovalRequested&) const = default;
};

// It was decided.
struct ApprovalDecided {
  static constexpr std::string_view kName = "approval.decided";
  static constexpr int kVersion = 1;

  ApprovalId approval_id;             // Of the request
  ManagerId manager_id;               // Who asked
  bool granted = false;               // Whether it was granted
  std::string decided_by;             // Who decided
  std::optional<ClientId> client_id;  // The client
  std::optional<std::string> reason;  // Why, in words

  static void fields(auto&& field) {
    field("approval_id", &ApprovalDecided::approval_id);
    field("manager_id", &ApprovalDecided::manager_id);
    field("granted", &ApprovalDecided::granted);
    field("decided_by", &ApprovalDecided::decided_by);
    field("client_id", &ApprovalDecided::client_id);
    field("reason", &ApprovalDecided::reason);
  }
  bool operator==(const ApprovalDecided&) const = default;
};

// A manager asked for what he needs to work (job description 4, 3.6).
struct ResourceRequested {
  static constexpr std::string_view kName = "resource.requested";
  static constexpr int kVersion = 1;

  RequestId request_id;  // Of the request
  ManagerId manager_id;  // The manager who did it
  std::string text;      // In words

  static void fields(auto&& field) {
    field("request_id", &ResourceRequested::request_id);
    field("manager_id", &ResourceRequested::manager_id);
    field("text", &ResourceRequested::text);
  }
  bool operator==(const ResourceRequested&) const = default;
};

}  // namespace ledger
