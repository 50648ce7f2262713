#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "projections/monthly_report/report.h"

// Private to the report: what came of the invoices that a manager wrote, whoever answers for the
// client by now. It is what he is paid and attested by (job description 5.7).
namespace ledger::monthly_report {

// Hryvnias, by fold_words() of the product.
using SoldByProduct = std::map<std::string, std::int64_t>;

// Turnover is what was sold: of the price of goods and work, without charges for lateness, less
// credit notes in the month in which each counts for its invoice (decisions/0032).
// By currency: invoiced and paid in the month, in the month before and in that of a year before (of
// a running month, up to the day of `known_at`). kOutOfRange if a sum does not fit into int64.
// The answer is what was sold in the month of each product that invoices tell. Credit notes take
// nothing off it, since none says of which product it is.
[[nodiscard]] Result<SoldByProduct> add_turnover(Report& report, const ViewSnapshot& snapshot,
                                                 const BusinessZone& zone);

}  // namespace ledger::monthly_report
