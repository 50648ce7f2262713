#pragma once

#include "projections/monthly_report/report.h"

// Section 2, and what offers came to in section 6.
namespace ledger::monthly_report {

// The contracts one by one and counted, how many offers he made, and how many of the mailed ones
// were answered by what is known.
[[nodiscard]] Status add_contracts(Report& report, const ViewSnapshot& snapshot,
                                   const quota_compliance::ManagerMonth& month,
                                   const BusinessZone& zone);
// Of the report's contracts, those with clients to whom he had made an offer that counts in the
// ninety days before.
[[nodiscard]] Status add_came_of_offers(Report& report, const ViewSnapshot& snapshot,
                                        const BusinessZone& zone);

// How long before a contract an offer is still what it came of (ours).
inline constexpr int kOfferDays = 90;

}  // namespace ledger::monthly_report
