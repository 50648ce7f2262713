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

enum class AttestationResult { kPassed, kConditional, kFailed };
constexpr auto names(AttestationResult) { return words("passed", "conditional", "failed"); }

// A manager was attested, as is due every six months (job description 1.8).
struct AttestationHeld {
  static constexpr std::string_view kName = "attestation.held";
  static constexpr int kVersion = 1;

  ManagerId manager_id;                   // The manager
  Date held_on;                           // The day
  AttestationResult result{};             // The outcome
  std::optional<std::int64_t> score;      // Out of 100
  std::optional<std::string> conditions;  // What he has to make good, and by when
  std::optional<std::string> order_no;    // Number of the director's order

  static void fields(auto&& field) {
    field("manager_id", &AttestationHeld::manager_id);
    field("held_on", &AttestationHeld::held_on);
    field("result", &AttestationHeld::result);
    field("score", &AttestationHeld::score);
    field("conditions", &AttestationHeld::conditions);
    field("order_no", &AttestationHeld::order_no);
  }
  [[nodiscard]] Status validate() const {
    return score ? check_within(*score, 0, 100, "score") : Status();
  }
  bool operator==(const AttestationHeld&) const = default;
};

// A manager learned something that the post asks for (job description 1.7).
struct TrainingCompleted {
  static constexpr std::string_view kName = "training.completed";
  static constexpr int kVersion = 1;

  ManagerId manager_id;               // The manager
  std::string topic;                  // What about
  Date completed_on;                  // The day
  std::optional<std::int64_t> score;  // Out of 100

  static void fields(auto&& field) {
    field("manager_id", &TrainingCompleted::manager_id);
    field("topic", &TrainingCompleted::topic);
    field("completed_on", &TrainingCompleted::completed_on);
    field("score", &TrainingCompleted::score);
  }
  [[nodiscard]] Status validate() const {
    return score ? check_within(*score, 0, 100, "score") : Status();
  }
  bool operator==(const TrainingCompleted&) const = default;
};

// A manager signed that he knows what is a trade secret (job description 5.6).
struct SecrecyAcknowledged {
  static constexpr std::string_view kName = "secrecy.acknowledged";
  static constexpr int kVersion = 1;

  ManagerId manager_id;  // The manager
  Date acknowledged_on;  // The day of the signature

  static void fields(auto&& field) {
    field("manager_id", &SecrecyAcknowledged::manager_id);
    field("acknowledged_on", &SecrecyAcknowledged::acknowledged_on);
  }
  bool operator==(const SecrecyAcknowledged&) const = default;
};

// A manager signed that he knows by what he is judged (job description 4, 5.7).
struct CriteriaAcknowledged {
  static constexpr std::string_view kName = "criteria.acknowledged";
  static constexpr int kVersion = 1;

  ManagerId manager_id;      // The manager
  Date acknowledged_on;      // The day of the signature
  std::string rule_version;  // The version that he was shown

  static void fields(auto&& field) {
    field("manager_id", &CriteriaAcknowledged::manager_id);
    field("acknowledged_on", &CriteriaAcknowledged::acknowledged_on);
    field("rule_version", &CriteriaAcknowledged::rule_version);
  }
  bool operator==(const CriteriaAcknowledged&) const = default;
};

}  // namespace ledger
