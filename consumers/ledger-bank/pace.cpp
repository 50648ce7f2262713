#include <algorithm>

#include "consumers/ledger-bank/options.h"

namespace ledger::pull {

Date first_day(const Pace& pace, const std::optional<Timestamp>& through, const BusinessZone& zone,
               Timestamp now) {
  const Date at_start = pace.from.value_or(add_days(zone.local_day(now), -Pace::kFirstDays));
  if (!through) return at_start;
  const Date overlapping = add_days(zone.local_day(std::min(*through, now)), -pace.overlap_days);
  // Never later, or what lies between would be passed over.
  return pace.again && pace.from ? std::min(at_start, overlapping) : overlapping;
}

}  // namespace ledger::pull
