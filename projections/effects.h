#pragma once

#include <functional>

#include "events/envelope.h"
#include "events/json_codec.h"
#include "projections/event_meta.h"

namespace ledger {

// What one line of the log does to the views, as plain applications and retractions of events:
//   an ordinary event          apply it;
//   event.voided               retract the target as it was read until now;
//   event.corrected            retract it, then apply the corrected data at the same position;
//   interaction.matched        apply the interaction, as the client's, at the match's position;
//   where
//                              only its manager was missing, retract it and apply it as his, at its
//                              own position.
// Voiding a match retracts what the match applied. Views therefore never see an amendment.
using ApplyEffect = std::function<void(const EventData&, const EventMeta&)>;

// kCorrupt if an amendment carries data that do not decode: nothing was applied.
[[nodiscard]] Status expand(const Event& event, const Position& position, JsonCodec& codec,
                            const ApplyEffect& apply);

}  // namespace ledger
