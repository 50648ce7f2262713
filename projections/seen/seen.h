#pragma once

#include <optional>

#include "events/envelope.h"
#include "projections/event_meta.h"
#include "projections/seen/rows.h"
#include "projections/store/view_batch.h"

namespace ledger::seen {

// Notes an event and what it says about an earlier one. False if its (source, id) already stands
// at another position: the first in log order wins, and the event is to be skipped by every view.
[[nodiscard]] bool record(const Event& event, const Position& position, ViewBatch& batch);

// A match was made, or taken back by voiding it: whether its target still waits.
void apply(const InteractionMatched& event, const EventMeta& meta, ViewBatch& batch);

[[nodiscard]] Result<std::optional<SeenRow>> find(const ViewSnapshot& snapshot,
                                                  std::string_view source, std::string_view id);

}  // namespace ledger::seen
