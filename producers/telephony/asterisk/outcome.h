#pragma once

#include <string_view>

#include "producers/telephony/asterisk/leg.h"

namespace ledger::asterisk {

// How a leg whose channels are set ended, by its disposition and the last application that its
// channel executed (lastapp). A word that the table does not hold is kUnknown, with the word in
// outcome_raw; a voicemail box, and what the exchange kept to itself, is no talk: kMissed, with the
// application's name.
void set_outcome(std::string_view disposition, std::string_view last_app, Leg& leg);

// Whether the caller was alone with a queue, a menu or an announcement of the exchange, which
// outcome_raw then names. A voicemail box is somebody's.
[[nodiscard]] bool ended_at_the_exchange(const Leg& leg);

}  // namespace ledger::asterisk
