#pragma once

#include <string>
#include <vector>

#include "events/position.h"
#include "events/types/reconciliation.h"
#include "events/types/reconciliation_answer.h"
#include "projections/said.h"

// Acts of reconciliation and what became of them, as people said.
namespace ledger::acts {

inline constexpr std::string_view kName = "acts";
inline constexpr int kVersion = 2;

// Key: act id.
struct ActRow {
  static constexpr char kTable = 'a';
  std::vector<Told<ReconciliationDrafted>> drafted;
  std::vector<Told<ReconciliationSent>> sent;
  std::vector<Told<ReconciliationConfirmed>> confirmed;
  std::vector<Told<ReconciliationDisagreed>> disagreed;
  std::vector<Told<ReconciliationSigned>> signed_by_both;
  static void fields(auto&& field) {
    field("drafted", &ActRow::drafted);
    field("sent", &ActRow::sent);
    field("confirmed", &ActRow::confirmed);
    field("disagreed", &ActRow::disagreed);
    field("signed", &ActRow::signed_by_both);
  }
  [[nodiscard]] bool empty() const { return all_empty(*this); }
};

// A draft, as far as a list needs it.
struct Listed {
  Position position;
  Known known;
  ActId act_id;
  Date to;
  static void fields(auto&& field) {
    field("position", &Listed::position);
    field("known", &Listed::known);
    field("act_id", &Listed::act_id);
    field("to", &Listed::to);
  }
};

// Key: client id.
struct ClientActsRow {
  static constexpr char kTable = 'c';
  std::vector<Listed> acts;
  static void fields(auto&& field) { field("acts", &ClientActsRow::acts); }
  [[nodiscard]] bool empty() const { return acts.empty(); }
};

}  // namespace ledger::acts
