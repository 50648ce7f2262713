#pragma once

#include <string_view>

#include "events/json_codec.h"
#include "events/types/amendment.h"
#include "platform/clock.h"
#include "projections/store/view_store.h"

namespace ledger {

// Who may take an event back (domain-semantics.md 4a, corrections). What a machine told (a call
// that was not entered by hand, a leg of one, a letter and what became of it, a payment) is voided
// by the source that told it, or by a head of department, whom `manager_id` names. kMissingField:
// nobody is named; kConflict: he is no head of department on that day. Any other event passes.
[[nodiscard]] Status check_void(const ViewSnapshot& snapshot, const EventVoided& voided,
                                const EventAsRead& was, std::string_view source, Date day,
                                JsonCodec& codec);

}  // namespace ledger
