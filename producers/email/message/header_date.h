#pragma once

#include <string_view>

#include "platform/clock.h"

namespace ledger::mail {

// A Date header (RFC 5322 3.3 and, for zones and years, 4.3) as an instant:
// "Tue, 24 Nov 2026 10:15:00 +0200 (EET)". Seconds and the day's name may be absent; the day's name
// is not compared with the date. kInvalidField: not of this form, no such date, no zone (gmime's
// own reader would take such a time for UTC). kOutOfRange: a year outside limits.h.
[[nodiscard]] Result<Timestamp> parse_header_date(std::string_view header);

}  // namespace ledger::mail
