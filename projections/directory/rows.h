#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "events/position.h"
#include "events/types/client.h"
#include "events/types/manager.h"
#include "events/types/quota_policy.h"
#include "events/types/rule.h"
#include "projections/directory/key_rows.h"
#include "projections/said.h"

// The directory: who is who. It answers the door's question "whose number is this?" and the
// queries' "who worked here on that day, by which norm?".
namespace ledger::directory {

inline constexpr std::string_view kName = "directory";
inline constexpr int kVersion = 7;

// Key: manager id.
struct ManagerRow {
  static constexpr char kTable = 'm';
  struct Hired {
    Position position;
    Known known;
    Date told_on;
    ManagerHired data;
    static void fields(auto&& field) {
      field("position", &Hired::position);
      field("known", &Hired::known);
      field("told_on", &Hired::told_on);
      field("data", &Hired::data);
    }
  };
  std::vector<Hired> hired;  // which of them holds on a day, hire_on() says

  static void fields(auto&& field) { field("hired", &ManagerRow::hired); }
  [[nodiscard]] bool empty() const { return hired.empty(); }
};

// Key: client id. When its card was opened, as often as somebody said so.
struct CardOpenedRow {
  static constexpr char kTable = 'e';
  struct Opened {
    Position position;
    Known known;
    Date day;
    static void fields(auto&& field) {
      field("position", &Opened::position);
      field("known", &Opened::known);
      field("day", &Opened::day);
    }
  };
  std::vector<Opened> opened;

  static void fields(auto&& field) { field("opened", &CardOpenedRow::opened); }
  [[nodiscard]] bool empty() const { return opened.empty(); }
};

// Key: empty; one row for the house: its norms, and the rules by which it counts. Sorted by
// position.
struct PoliciesRow {
  static constexpr char kTable = 'q';
  struct Set {
    Position position;
    Known known;
    QuotaPolicySet data;
    static void fields(auto&& field) {
      field("position", &Set::position);
      field("known", &Set::known);
      field("data", &Set::data);
    }
  };
  std::vector<Set> policies;
  std::vector<Said<RulePublished>> rules;

  static void fields(auto&& field) {
    field("policies", &PoliciesRow::policies);
    field("rules", &PoliciesRow::rules);
  }
  [[nodiscard]] bool empty() const { return policies.empty() && rules.empty(); }
};

}  // namespace ledger::directory
