#pragma once

#include "events/event_data.h"
#include "producers/append/split_checks.h"
#include "projections/store/view_store.h"

namespace ledger {

// What an event may say of cards depends on what the directory knows of them (domain-semantics.md
// 4c). kConflict or kNotFound, naming the member:
//   client.merged   both cards are known; neither was absorbed by the other or by a third, which
//                   rules out circles; not two different tax codes;
//   client.split    both cards are known; more in split_checks.h;
//   reconciliation.*  of the client whose act it is, as far as the views know the act; not signed
//                   before its last day.
// Any other event passes.
[[nodiscard]] Status check_cards(const ViewSnapshot& snapshot, const EventData& data,
                                 const EarlierInBatch& earlier);

}  // namespace ledger
