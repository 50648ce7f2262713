#pragma once

#include "projections/monthly_report/report.h"

namespace ledger::monthly_report {

// With how many clients the month asked for a reconciliation, of those for whom the manager answers
// on its last working day, and with how many it is done, sent alone, or disputed.
[[nodiscard]] Status add_acts(Report& report, const ViewSnapshot& snapshot,
                              const BusinessZone& zone);

}  // namespace ledger::monthly_report
