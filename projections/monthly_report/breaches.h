#pragma once

#include "projections/monthly_report/report.h"

namespace ledger::monthly_report {

// Section 12: breaches that happened in the month, each with what the manager said to it, and those
// that the rules found by the facts, as GET /v1/breaches tells them. Counted by the day on which
// they happened, so that the count is that of the list; of clients of two segments, all that lasted
// into the month.
[[nodiscard]] Status add_breaches(Report& report, const ViewSnapshot& snapshot,
                                  const BusinessZone& zone);

}  // namespace ledger::monthly_report
