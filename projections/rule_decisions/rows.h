#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/fields.h"
#include "events/money.h"
#include "events/position.h"
#include "platform/clock.h"
#include "projections/known.h"

// What a named rule decided by itself about what waited: whose it is, and what money pays. Kept
// apart so that a person looks through it, the newest first, and takes back what is wrong.
namespace ledger::rule_decisions {

inline constexpr std::string_view kName = "rule_decisions";
inline constexpr int kVersion = 1;

enum class Kind { kMatched, kAllocated };
constexpr auto names(Kind) { return words("matched", "allocated"); }

struct Decision {
  Position position;
  Known known;
  Timestamp time;
  Date day;
  std::string source;  // of the decision, by which it is voided
  std::string id;      // likewise
  Kind kind{};
  std::string client_id;
  std::string rule;             // "matching.v2"
  std::string why;              // in the rule's words
  std::string target_source;    // of what was matched, or of the money
  std::string target_id;        // likewise
  std::string invoice_id;       // what the money pays
  std::optional<Money> amount;  // how much of it

  static void fields(auto&& field) {
    field("position", &Decision::position);
    field("known", &Decision::known);
    field("time", &Decision::time);
    field("day", &Decision::day);
    field("source", &Decision::source);
    field("id", &Decision::id);
    field("kind", &Decision::kind);
    field("client_id", &Decision::client_id);
    field("rule", &Decision::rule);
    field("why", &Decision::why);
    field("target_source", &Decision::target_source);
    field("target_id", &Decision::target_id);
    field("invoice_id", &Decision::invoice_id);
    field("amount", &Decision::amount);
  }
};

// Key: how long before the end of time the decision was recorded, then its position: the newest
// come first. One decision a row, and how it was corrected.
struct DecisionRow {
  static constexpr char kTable = 'd';
  std::vector<Decision> told;
  static void fields(auto&& field) { field("told", &DecisionRow::told); }
  [[nodiscard]] bool empty() const { return told.empty(); }
};

// Key: source, a zero byte, id of a decision; where its row lies.
struct PlaceRow {
  static constexpr char kTable = 'p';
  std::string key;
  static void fields(auto&& field) { field("key", &PlaceRow::key); }
  [[nodiscard]] bool empty() const { return key.empty(); }
};

}  // namespace ledger::rule_decisions
