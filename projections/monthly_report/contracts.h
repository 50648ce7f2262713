#pragma once

#include "projections/monthly_report/report.h"

// Section 2, and what offers came to in section 6.
namespace ledger::monthly_report {

// The contracts one by one and counted, and how many offers he made.
[[nodiscard]] Status add_contracts(Report& report, const ViewSnapshot& snapshot,
                                   const quota_compliance::ManagerMonth& month);
// Of the report's contracts, those with clients to whom he had offered something in the ninety days
// before.
[[nodiscard]] Status add_came_of_offers(Report& report, const ViewSnapshot& snapshot);

}  // namespace ledger::monthly_report
