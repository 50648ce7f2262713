#pragma once

#include "projections/directory/working_time.h"
#include "projections/monthly_report/report.h"
#include "projections/receivables/credit_rule.h"

// Private to the report: the debts of the clients for whom a manager answers at the month's end
// (answered.h), whoever wrote the invoices.
namespace ledger::monthly_report {

// By currency: debts by age at the end of the day before the month and of its last day (of a
// running month, the day of `known_at`), and what lies between: opening + invoiced - paid + other =
// closing. Then what was done to collect them, and the promises of payment: of each that fell due
// in the month, whether it was kept in the days of grace, also behind the month
// (domain-semantics.md 4b, promise). kOutOfRange if a sum does not fit into int64.
[[nodiscard]] Status add_debts(Report& report, const ViewSnapshot& snapshot,
                               const BusinessZone& zone);

// By which promises of the month are judged: the month's days and those of grace behind it.
[[nodiscard]] Result<receivables::PromiseRule> promise_rule_of(const ViewSnapshot& snapshot,
                                                               Date month, Timestamp known_at);
[[nodiscard]] Result<directory::Calendar> promise_calendar(const ViewSnapshot& snapshot, Date month,
                                                           Timestamp known_at);

}  // namespace ledger::monthly_report
