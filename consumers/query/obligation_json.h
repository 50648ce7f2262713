#pragma once

#include "consumers/query/context.h"
#include "projections/obligations/obligation.h"

namespace ledger {

// An object: what is owed, by when, how it stands on the date of the question, and who answers for
// it. `restricted`: it was cut down for who does not see its client, and says so.
[[nodiscard]] Status write_obligation(JsonWriter& json, const Query& query,
                                      const obligations::Obligation& one, bool restricted = false);

}  // namespace ledger
