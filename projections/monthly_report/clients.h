#pragma once

#include "projections/monthly_report/report.h"

// Section 3: the clients that are the manager's at the month's end, and how they stand. They stay
// his while another stands in for him, and are told apart then; the other's base does not grow by
// them (domain-semantics.md 4a, stand-in).
namespace ledger::monthly_report {

// By what is known at `report.known_at`, as of the month's last day, or the day of that knowledge
// if it comes first.
[[nodiscard]] Status add_clients(Report& report, const ViewSnapshot& snapshot,
                                 const BusinessZone& zone);

}  // namespace ledger::monthly_report
