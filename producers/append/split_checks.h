#pragma once

#include "events/types/client_merge.h"
#include "projections/store/view_store.h"

namespace ledger {

// What a split may move (domain-semantics.md 4c): persons, contracts and events of the card that is
// split, by what the views know; kInvalidField, naming the member. Not to a card that was absorbed
// by another: kConflict.
[[nodiscard]] Status check_split(const ViewSnapshot& snapshot, const ClientSplit& split);

}  // namespace ledger
