#pragma once

#include "events/envelope.h"
#include "events/json_codec.h"
#include "events/log/log_reader.h"
#include "projections/store/view_store.h"

namespace ledger {

// Looks up what an amendment (event.voided, event.corrected, interaction.matched) is about, checks
// that it may be amended so, and fills in what the door stamps: `was`, and the credit of a
// correction. A refused match (interaction.match_rejected) amends nothing, but must name what
// waits. The snapshot must cover every event that this door has had acknowledged.
//
// kNotFound: no such (source, id). kConflict, naming what to do instead: the target was voided; a
// void cannot itself be amended; a correction would move the event to another client; a matched
// interaction is un-matched by voiding the match.
struct Amended {
  Stamps stamps;  // but for recorded_time and local_day
  Submission submission;
};
[[nodiscard]] Result<Amended> resolve_amendment(Submission submission, const ViewSnapshot& snapshot,
                                                const LogReader& log, JsonCodec& codec);

[[nodiscard]] bool is_amendment(const EventData& data);

}  // namespace ledger
