#pragma once

#include <string_view>
#include <vector>

#include "events/types/contract.h"
#include "projections/said.h"

// Contracts whose signatory's authority has an end or a limit, or is not recorded at all, by the
// day of signing: for who looks for those that were signed beyond it (domain-semantics.md 1, row
// 44).
namespace ledger::signing_authority {

inline constexpr std::string_view kName = "signing_authority";
inline constexpr int kVersion = 2;

// Key: day of signing ("2026-11-25").
struct DayRow {
  static constexpr char kTable = 'd';
  std::vector<Said<ContractSigned>> contracts;

  static void fields(auto&& field) { field("contracts", &DayRow::contracts); }
  [[nodiscard]] bool empty() const { return contracts.empty(); }
};

}  // namespace ledger::signing_authority
