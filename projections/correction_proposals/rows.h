#pragma once

#include <string>
#include <vector>

#include "events/position.h"
#include "projections/known.h"

// Contracts and payments that somebody proposed to take back or to correct, and what became of each
// (correction.proposed; schemas/decisions/0025). What is proposed lies in the log.
namespace ledger::correction_proposals {

inline constexpr std::string_view kName = "correction_proposals";
inline constexpr int kVersion = 1;

// Key: source, a zero byte, id of the proposal.
struct ProposalRow {
  static constexpr char kTable = 'p';
  std::string source;  // empty: only a step was read so far
  std::string id;
  Position position;
  Known known;
  Date day;
  static void fields(auto&& field) {
    field("source", &ProposalRow::source);
    field("id", &ProposalRow::id);
    field("position", &ProposalRow::position);
    field("known", &ProposalRow::known);
    field("day", &ProposalRow::day);
  }
  [[nodiscard]] bool empty() const { return source.empty(); }
};

// Key: as above. A row of its own, because steps lie in the partition of what is to be corrected,
// and either may be read first.
struct StepsRow {
  static constexpr char kTable = 's';
  struct Step {
    Position position;
    Known known;
    bool followed = false;  // a void or correction named the proposal; else it was amended itself
    static void fields(auto&& field) {
      field("position", &Step::position);
      field("known", &Step::known);
      field("followed", &Step::followed);
    }
  };
  std::vector<Step> steps;  // by position
  static void fields(auto&& field) { field("steps", &StepsRow::steps); }
  [[nodiscard]] bool empty() const { return steps.empty(); }
};

}  // namespace ledger::correction_proposals
