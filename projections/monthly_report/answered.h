#pragma once

#include <vector>

#include "projections/client_card/queries.h"
#include "projections/monthly_report/report.h"

// Private to the report: whose acts and debts are a manager's.
namespace ledger::monthly_report {

struct Knowledge {
  Date month;  // its first day
  Timestamp known_at;
  const BusinessZone& zone;
};

// The clients for whom he answers on the last working day of the month (domain-semantics.md 4a,
// stand-in and reconciliation): one that was taken over within it is wholly the one's who has it
// then. Of a running month, on the last working day up to that of `known_at`.
[[nodiscard]] Result<std::vector<client_card::Card>> answered_clients(const ViewSnapshot& snapshot,
                                                                      const ManagerId& manager,
                                                                      const Knowledge& knowledge);

}  // namespace ledger::monthly_report
