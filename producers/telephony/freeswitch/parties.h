#pragma once

#include <optional>
#include <string>

#include "events/types/call.h"
#include "producers/telephony/freeswitch/cdr.h"
#include "producers/telephony/sides.h"

namespace ledger::freeswitch {

// Who talked to whom on one leg, as seen from the house.
struct Parties {
  std::optional<CallDirection> direction;  // nullopt: neither side is known to be the house
  std::string client_number;               // as spelled; may be empty or "anonymous"
  std::optional<std::string> extension;    // of the manager
};

// `root`: the leg that the call began with, which no other leg originated.
//
// FreeSWITCH's own word `direction` says whether a channel came into the exchange or was made by
// it: a manager's phone comes in, too. So the numbers decide, and the word only where they do not:
// a channel that came in from outside is a client's; a root that the exchange made by itself
// (click-to-call) is the house's call to whomever it rings.
[[nodiscard]] Result<Parties> parties_of(const Cdr& cdr, bool root,
                                         const telephony::HouseNumbers& house);

// "callflow.0.caller_profile." and so on, the newest first; as many as there are, up to 32.
[[nodiscard]] std::vector<std::string> profiles_of(const Cdr& cdr);

}  // namespace ledger::freeswitch
