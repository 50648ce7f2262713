#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "events/fields.h"
#include "events/ids.h"
#include "events/money.h"
#include "platform/clock.h"

namespace ledger {

// A duty was not done, or not as it should (job description 5.2).
struct BreachRecorded {
  static constexpr std::string_view kName = "breach.recorded";
  static constexpr int kVersion = 1;

  BreachId breach_id;    // Of the breach
  ManagerId manager_id;  // Whose
  std::string duty_id;   // The duty, as the catalogue names it
  Date happened_on;      // The day
  std::string text;      // In words

  static void fields(auto&& field) {
    field("breach_id", &BreachRecorded::breach_id);
    field("manager_id", &BreachRecorded::manager_id);
    field("duty_id", &BreachRecorded::duty_id);
    field("happened_on", &BreachRecorded::happened_on);
    field("text", &BreachRecorded::text);
  }
  bool operator==(const BreachRecorded&) const = default;
};

// The manager explained a breach.
struct ExplanationGiven {
  static constexpr std::string_view kName = "explanation.given";
  static constexpr int kVersion = 1;

  BreachId breach_id;    // Of the breach
  ManagerId manager_id;  // Whose
  std::string text;      // In words

  static void fields(auto&& field) {
    field("breach_id", &ExplanationGiven::breach_id);
    field("manager_id", &ExplanationGiven::manager_id);
    field("text", &ExplanationGiven::text);
  }
  bool operator==(const ExplanationGiven&) const = default;
};

// A breach was decided upon.
struct BreachClosed {
  static constexpr std::string_view kName = "breach.closed";
  static constexpr int kVersion = 1;

  BreachId breach_id;    // Of the breach
  ManagerId manager_id;  // Whose
  std::string decision;  // What was decided

  static void fields(auto&& field) {
    field("breach_id", &BreachClosed::breach_id);
    field("manager_id", &BreachClosed::manager_id);
    field("decision", &BreachClosed::decision);
  }
  bool operator==(const BreachClosed&) const = default;
};

// Damage or an offence (job description 5.3, 5.4).
struct IncidentRecorded {
  static constexpr std::string_view kName = "incident.recorded";
  static constexpr int kVersion = 1;

  IncidentId incident_id;       // Of the incident
  ManagerId manager_id;         // Whose
  Date happened_on;             // The day
  std::string text;             // In words
  std::optional<Money> amount;  // The damage

  static void fields(auto&& field) {
    field("incident_id", &IncidentRecorded::incident_id);
    field("manager_id", &IncidentRecorded::manager_id);
    field("happened_on", &IncidentRecorded::happened_on);
    field("text", &IncidentRecorded::text);
    field("amount", &IncidentRecorded::amount);
  }
  bool operator==(const IncidentRecorded&) const = default;
};

enum class AccessAction { kViewed, kExported };
constexpr auto names(AccessAction) { return words("viewed", "exported"); }

// Somebody looked at or took out what is confidential (job description 5.1, 5.6).
struct AccessLogged {
  static constexpr std::string_view kName = "access.logged";
  static constexpr int kVersion = 1;

  std::string principal;              // Who
  AccessAction action{};              // What he did
  std::string resource;               // With what
  std::optional<ClientId> client_id;  // The client
  // As what he asked: "head", "auditor", "admin", "manager". Absent in lines of before it was told.
  std::optional<std::string> role = {};

  static void fields(auto&& field) {
    field("principal", &AccessLogged::principal, personal);
    field("action", &AccessLogged::action);
    field("resource", &AccessLogged::resource);
    field("client_id", &AccessLogged::client_id);
    field("role", &AccessLogged::role);
  }
  bool operator==(const AccessLogged&) const = default;
};

}  // namespace ledger
