#pragma once

#include <map>

#include "projections/quota_compliance/queries.h"

namespace ledger::quota_compliance {

// The reconciliations of a month, by who answers for the clients on its last working day
// (domain-semantics.md 4a, reconciliation): `attempts` clients need one, `counted` are done by the
// 10th of the next month, `answered` have an act that was sent and no more. The norm is a share of
// those who need one, in per cent, rounded up. Goes through all clients.
[[nodiscard]] Result<std::map<ManagerId, Figure>> reconciliations(const ViewSnapshot& snapshot,
                                                                  Date month, const Asked& asked);

}  // namespace ledger::quota_compliance
