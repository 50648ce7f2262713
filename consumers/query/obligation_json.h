#pragma once

#include "platform/json_writer.h"
#include "projections/obligations/obligation.h"

namespace ledger {

// An object: what is owed, by when, how it stands on the day, and who answers for it.
[[nodiscard]] Status write_obligation(JsonWriter& json, const ViewSnapshot& snapshot,
                                      const obligations::Obligation& one, Date day);

}  // namespace ledger
