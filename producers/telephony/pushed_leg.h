#pragma once

#include <string_view>

#include "events/types/call_leg.h"

namespace ledger::telephony {

// As set_client_number of a whole call (pushed_call.h): the number as sent and, where it surely is
// one, in E.164.
inline void set_client_number(CallLegCompleted& leg, std::string_view raw) {
  if (raw.empty()) return;
  leg.client_phone_raw = std::string(raw);
  leg.client_phone = normalise_phone(raw);
}

}  // namespace ledger::telephony
