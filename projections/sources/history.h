#pragma once

#include <optional>

#include "projections/sources/rows.h"
#include "projections/store/view_store.h"

namespace ledger::sources {

// The first business day of which the ledger had an event by an instant; absent: by now. nullopt:
// it had none. What is only told of an earlier day, as a hiring long ago, reaches no further back
// than the event that tells it.
[[nodiscard]] Result<std::optional<Date>> history_begins(const ViewSnapshot& snapshot,
                                                         const std::optional<Timestamp>& known_at);

// The business day of the event that the ledger recorded first: since when it is kept. What is
// imported later of earlier days moves nothing. nullopt: it had none by the instant.
[[nodiscard]] Result<std::optional<Date>> kept_since(const ViewSnapshot& snapshot,
                                                     const std::optional<Timestamp>& known_at);

}  // namespace ledger::sources
