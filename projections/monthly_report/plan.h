#pragma once

#include "projections/monthly_report/report.h"
#include "projections/monthly_report/turnover.h"

namespace ledger::monthly_report {

// What the plans of the next month set: "plan.next.calls".
inline constexpr std::string_view kNextPlan = "plan.next.";
// Turnover of one product, beside the whole: "plan.turnover.product.Фарби.target", and ".fact".
inline constexpr std::string_view kProductPlan = "plan.turnover.product.";

// The manager's plan of the month against what the report counts: for each metric that he planned,
// what was planned and what came of it; and what is planned for the next month by what is known
// (domain-semantics.md 4e, 10). Behind its metrics the products that lines of turnover name, each
// against what invoices tell was sold of it (1.1, row 12). After all other lines, turnover among
// them.
[[nodiscard]] Status add_plan(Report& report, const ViewSnapshot& snapshot,
                              const SoldByProduct& sold);

}  // namespace ledger::monthly_report
