#pragma once

#include <string>
#include <vector>

#include "events/types/plan.h"
#include "projections/said.h"

// What managers plan for a month (job description 1.5, 3.2, 5.7).
namespace ledger::plans {

inline constexpr std::string_view kName = "plans";
inline constexpr int kVersion = 1;

// Key: manager and month ("m-1|2026-11").
struct PlanRow {
  static constexpr char kTable = 'p';
  std::vector<Said<PlanSet>> set;
  static void fields(auto&& field) { field("set", &PlanRow::set); }
  [[nodiscard]] bool empty() const { return set.empty(); }
};
[[nodiscard]] std::string plan_key(std::string_view manager_id, Date month);

}  // namespace ledger::plans
