#pragma once

#include "projections/monthly_report/report.h"

// Private to the report: the debts of the invoices that a manager wrote.
namespace ledger::monthly_report {

// By currency: turnover of the month, of the month before and of a year before; debts by age at the
// end of the day before the month and of its last day (of a running month, the day of `known_at`).
// Then the promises of payment that fell due. kOutOfRange if a sum does not fit into int64.
[[nodiscard]] Status add_debts(Report& report, const ViewSnapshot& snapshot,
                               const BusinessZone& zone);

}  // namespace ledger::monthly_report
