#pragma once

#include "events/event_data.h"
#include "projections/store/view_store.h"

namespace ledger {

// What an event may say of norms and of the rules by which they are counted. kInvalidField,
// kOutOfRange or kNotFound, naming the member:
//   rule.published    of a rule that the ledger counts by: one that it does not know would be
//                     published and change nothing;
//   quota_policy.set  a target that a person can reach, parameters of its own metric alone, and
//                     of one manager only where he was hired.
// Any other event passes. At the door and not of the event itself, so that what was recorded before
// there was a limit is still read.
[[nodiscard]] Status check_norms(const ViewSnapshot& snapshot, const EventData& data);

}  // namespace ledger
