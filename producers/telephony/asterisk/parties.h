#pragma once

#include <optional>
#include <string>

#include "events/types/call.h"
#include "producers/telephony/asterisk/leg.h"

namespace ledger::asterisk {

// Who talked to whom on one leg, as seen from the house.
struct Parties {
  // nullopt: neither side is known to be the house (one trunk to another).
  std::optional<CallDirection> direction;
  std::string client_number;             // as the exchange spelled it; may be empty or "anonymous"
  std::optional<std::string> extension;  // of the manager
};

[[nodiscard]] Parties parties_of(const Leg& leg, const Settings& settings);

}  // namespace ledger::asterisk
