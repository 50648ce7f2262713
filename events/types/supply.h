#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "events/checks.h"
#include "events/fields.h"
#include "events/ids.h"
#include "platform/clock.h"

namespace ledger {

// Logistics were asked to bring goods (job description 3.3).
struct SupplyRequested {
  static constexpr std::string_view kName = "supply.requested";
  static constexpr int kVersion = 1;

  RequestId request_id;               // Of the request
  ManagerId manager_id;               // The manager who did it
  std::string product;                // What it is about, as the trade names it
  std::int64_t quantity = 0;          // In the unit of the trade
  std::optional<CaseId> case_id;      // The shortage behind it
  std::optional<ClientId> client_id;  // The client
  std::optional<Date> needed_by;      // When the client needs it

  static void fields(auto&& field) {
    field("request_id", &SupplyRequested::request_id);
    field("manager_id", &SupplyRequested::manager_id);
    field("product", &SupplyRequested::product);
    field("quantity", &SupplyRequested::quantity);
    field("case_id", &SupplyRequested::case_id);
    field("client_id", &SupplyRequested::client_id);
    field("needed_by", &SupplyRequested::needed_by);
  }
  [[nodiscard]] Status validate() const { return check_at_least(quantity, 1, "quantity"); }
  bool operator==(const SupplyRequested&) const = default;
};

// Logistics answered.
struct SupplyAnswered {
  static constexpr std::string_view kName = "supply.answered";
  static constexpr int kVersion = 1;

  RequestId request_id;               // Of the request
  bool confirmed = false;             // Whether it will come
  std::optional<ClientId> client_id;  // The client
  std::optional<Date> expected_on;    // When
  std::optional<std::string> note;    // What else is worth keeping

  static void fields(auto&& field) {
    field("request_id", &SupplyAnswered::request_id);
    field("confirmed", &SupplyAnswered::confirmed);
    field("client_id", &SupplyAnswered::client_id);
    field("expected_on", &SupplyAnswered::expected_on);
    field("note", &SupplyAnswered::note);
  }
  bool operator==(const SupplyAnswered&) const = default;
};

// The client's authorised person confirmed what exactly is wanted (job description 3.3).
struct SupplyDetailsConfirmed {
  static constexpr std::string_view kName = "supply.details_confirmed";
  static constexpr int kVersion = 1;

  RequestId request_id;               // Of the request
  ClientId client_id;                 // The client
  ManagerId manager_id;               // The manager who did it
  std::optional<PersonId> person_id;  // The contact person
  std::string details;                // What exactly

  static void fields(auto&& field) {
    field("request_id", &SupplyDetailsConfirmed::request_id);
    field("client_id", &SupplyDetailsConfirmed::client_id);
    field("manager_id", &SupplyDetailsConfirmed::manager_id);
    field("person_id", &SupplyDetailsConfirmed::person_id);
    field("details", &SupplyDetailsConfirmed::details);
  }
  bool operator==(const SupplyDetailsConfirmed&) const = default;
};

// Somebody of production was asked (job description 3.3).
struct ConsultationRequested {
  static constexpr std::string_view kName = "consultation.requested";
  static constexpr int kVersion = 1;

  ConsultationId consultation_id;  // Of the question
  ClientId client_id;              // The client
  ManagerId manager_id;            // The manager who did it
  std::string question;            // What

  static void fields(auto&& field) {
    field("consultation_id", &ConsultationRequested::consultation_id);
    field("client_id", &ConsultationRequested::client_id);
    field("manager_id", &ConsultationRequested::manager_id);
    field("question", &ConsultationRequested::question);
  }
  bool operator==(const ConsultationRequested&) const = default;
};

// The question was answered.
struct ConsultationAnswered {
  static constexpr std::string_view kName = "consultation.answered";
  static constexpr int kVersion = 1;

  ConsultationId consultation_id;          // Of the question
  ClientId client_id;                      // The client
  std::string answer;                      // What
  std::optional<std::string> answered_by;  // By whom

  static void fields(auto&& field) {
    field("consultation_id", &ConsultationAnswered::consultation_id);
    field("client_id", &ConsultationAnswered::client_id);
    field("answer", &ConsultationAnswered::answer);
    field("answered_by", &ConsultationAnswered::answered_by);
  }
  bool operator==(const ConsultationAnswered&) const = default;
};

}  // namespace ledger
