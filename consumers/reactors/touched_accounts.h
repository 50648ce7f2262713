#pragma once

#include <string>
#include <vector>

#include "events/envelope.h"
#include "projections/store/view_store.h"

namespace ledger {

// The cards on whose accounts an event of a client may have freed money or opened invoices, its own
// first: both of a split, of a merge or split that was voided, and all of which a booking of the
// bank was told that was voided or corrected for one of them.
[[nodiscard]] Result<std::vector<std::string>> touched_by(const Event& event,
                                                          const ViewSnapshot& views);

}  // namespace ledger
