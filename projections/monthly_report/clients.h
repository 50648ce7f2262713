#pragma once

#include "projections/monthly_report/report.h"

// Section 3: the clients that the manager answers for at the month's end, and how they stand.
namespace ledger::monthly_report {

// By what is known at `report.known_at`, as of the month's last day, or the day of that knowledge
// if it comes first.
[[nodiscard]] Status add_clients(Report& report, const ViewSnapshot& snapshot,
                                 const BusinessZone& zone);

}  // namespace ledger::monthly_report
