#pragma once

#include <string>

#include "consumers/query/print/form.h"
#include "consumers/query/report_paper.h"

namespace ledger::print {

// The monthly report on A4 (domain-semantics.md 4e): head, norms and debts as tables, the other
// counts in two columns, lists of contracts, breaches and corrections, and apart from all of it
// what has changed since it was handed in.
[[nodiscard]] std::string report_page(const ReportPaper& paper, const BusinessZone& zone,
                                      Language language);

// A row for each figure, in its unit: money with its decimals, and the currency as the unit; dates
// as 2026-10-08. `now` and `changed_by` only where it has changed since the hand-in. Then
// the corrections to earlier reports, under the month that they are of.
[[nodiscard]] std::string report_csv(const ReportPaper& paper, Language language);

}  // namespace ledger::print
