#pragma once

#include <string>
#include <vector>

#include "events/position.h"
#include "events/types/contract.h"
#include "platform/clock.h"
#include "projections/known.h"

// What is counted by the month: contracts.
namespace ledger::quota_compliance {

struct Signed {
  Position position;
  Known known;
  std::string contract_id;
  std::string client_id;
  std::string manager_id;
  Date signed_on;
  ContractKind kind = ContractKind::kContract;
  static void fields(auto&& field) {
    field("position", &Signed::position);
    field("known", &Signed::known);
    field("contract_id", &Signed::contract_id);
    field("client_id", &Signed::client_id);
    field("manager_id", &Signed::manager_id);
    field("signed_on", &Signed::signed_on);
    field("kind", &Signed::kind);
  }
};

// Key: client id. All contracts ever signed with the client, without what only changes one.
struct ClientContractsRow {
  static constexpr char kTable = 'c';
  std::vector<Signed> contracts;
  static void fields(auto&& field) { field("contracts", &ClientContractsRow::contracts); }
  [[nodiscard]] bool empty() const { return contracts.empty(); }
};

// Key: month and manager ("2026-11|m-1"): what was signed, by who signed it when; amendments too,
// so that it can be shown why they do not count.
struct MonthContractsRow {
  static constexpr char kTable = 'n';
  std::vector<Signed> contracts;
  static void fields(auto&& field) { field("contracts", &MonthContractsRow::contracts); }
  [[nodiscard]] bool empty() const { return contracts.empty(); }
};

[[nodiscard]] std::string month_key(Date day, std::string_view manager_id);

}  // namespace ledger::quota_compliance
