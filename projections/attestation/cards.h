#pragma once

#include "projections/attestation/sheet.h"

namespace ledger::attestation {

// Cards that the manager registered from `from` to `to`, both included (job description 5.7).
[[nodiscard]] Result<CardsKept> cards_kept(const ViewSnapshot& snapshot, const ManagerId& manager,
                                           Date from, Date to, Timestamp known_at,
                                           const BusinessZone& zone);

}  // namespace ledger::attestation
