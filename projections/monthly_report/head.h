#pragma once

#include "projections/monthly_report/report.h"

// The head of the form: how the month was worked, who stood in for whom, by what rules it counts.
namespace ledger::monthly_report {

[[nodiscard]] Status add_head(Report& report, const ViewSnapshot& snapshot,
                              const quota_compliance::ManagerMonth& month);

}  // namespace ledger::monthly_report
