#pragma once

#include "consumers/query/context.h"
#include "projections/quota_compliance/queries.h"

namespace ledger {

// A figure of the board, of a month or of one day; without its items, but for the contracts that a
// head of department has to decide on. Of a client whom the scope does not see it says
// "restricted":true in place of its id and name.
[[nodiscard]] Status write_figure(JsonWriter& json, const quota_compliance::Figure& figure,
                                  const Query& query);

// The same with every item behind it.
[[nodiscard]] Status write_figure_and_items(JsonWriter& json,
                                            const quota_compliance::Figure& figure,
                                            const Query& query);

// Whether an item counted, and why, in words too.
void write_verdict(JsonWriter& json, quota_compliance::Verdict verdict);

}  // namespace ledger
