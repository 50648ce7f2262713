#pragma once

#include <optional>

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
// interaction is un-matched by voiding the match. A void that nobody of that rank decided: see
// void_checks.h. `day`: the business day of the amendment.
struct Amended {
  Stamps stamps;  // but for recorded_time and local_day
  Submission submission;
  // Of a correction: what the target is to be read as, on which day and at which place, and what it
  // was read as. It must pass the same checks as an event that is sent.
  struct Corrected {
    EventData data;
    EventData was;
    Date local_day;
    Position position;
  };
  std::optional<Corrected> corrected = {};
};
[[nodiscard]] Result<Amended> resolve_amendment(Submission submission, Date day,
                                                const ViewSnapshot& snapshot, const LogReader& log,
                                                JsonCodec& codec);

[[nodiscard]] bool is_amendment(const EventData& data);
// The event that it makes be read otherwise, as the index names it (seen::key_of). nullopt: none;
// a refused match leaves its interaction waiting, for further ones too.
[[nodiscard]] std::optional<std::string> amended_key(const EventData& data);

}  // namespace ledger
