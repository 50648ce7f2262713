#pragma once

#include "projections/monthly_report/report.h"

namespace ledger::monthly_report {

// What the plans of the next month set: "plan.next.calls".
inline constexpr std::string_view kNextPlan = "plan.next.";

// The manager's plan of the month against what the report counts: for each metric that he planned,
// what was planned and what came of it; and what is planned for the next month by what is known
// (domain-semantics.md 4e, 10). After all other lines.
[[nodiscard]] Status add_plan(Report& report, const ViewSnapshot& snapshot);

}  // namespace ledger::monthly_report
