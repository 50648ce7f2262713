#pragma once

#include "projections/monthly_report/report.h"

namespace ledger::monthly_report {

// Section 12: breaches that happened in the month, each with what the manager said to it.
[[nodiscard]] Status add_breaches(Report& report, const ViewSnapshot& snapshot,
                                  const BusinessZone& zone);

}  // namespace ledger::monthly_report
