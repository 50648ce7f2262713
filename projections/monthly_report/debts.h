#pragma once

#include "projections/monthly_report/report.h"

// Private to the report: the debts of the invoices that a manager wrote.
namespace ledger::monthly_report {

// Opening, invoiced, settled, closing and overdue by currency, as of the month's first and last day
// (of a running month: the day of `known_at`). kOutOfRange if a sum does not fit into int64.
[[nodiscard]] Status add_debts(Report& report, const ViewSnapshot& snapshot,
                               const BusinessZone& zone);

}  // namespace ledger::monthly_report
