#pragma once

#include "platform/json_writer.h"
#include "projections/quota_compliance/queries.h"

namespace ledger {

// A figure of the board, of a month or of one day; without its items, but for the contracts that a
// head of department has to decide on.
void write_figure(JsonWriter& json, const quota_compliance::Figure& figure);

// The same with every item behind it.
void write_figure_and_items(JsonWriter& json, const quota_compliance::Figure& figure);

}  // namespace ledger
