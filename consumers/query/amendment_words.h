#pragma once

#include <optional>
#include <string_view>

#include "consumers/query/context.h"
#include "platform/json_writer.h"
#include "projections/known.h"

namespace ledger {

// Who said a later event about what is shown, when and why: its members "by" (the manager whom it
// names, else its source), "time" and "recorded_time", "reason", "position", "source" and "id". Of
// a correction "changed": each member of the event with what it "was" and what it is "now",
// accounts masked as the scope has it; of the void of a match "match", the event that was voided.
[[nodiscard]] Status write_later_word(JsonWriter& json, const QueryContext& context,
                                      const Query& query, const Position& position);

// Beside an event that is shown by how it was held for true: "voided" or "replaced" where it was
// taken back by what is known, and "replaces" where it is how a correction told it.
[[nodiscard]] Status write_amendments(JsonWriter& json, const QueryContext& context,
                                      const Query& query, std::string_view source,
                                      std::string_view id, const Known& known);

}  // namespace ledger
