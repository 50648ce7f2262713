#pragma once

#include <string>
#include <string_view>

#include "platform/clock.h"
#include "platform/result.h"

namespace date {
class time_zone;
}

namespace ledger {

// The zone in which the house counts its days (Europe/Kyiv unless configured otherwise), from the
// system's tzdata. A value, cheap to copy, safe for all threads.
class BusinessZone {
 public:
  // kMisconfigured for a name that the system's tzdata does not have.
  [[nodiscard]] static Result<BusinessZone> named(std::string_view name);

  // The civil date of an instant. Never ambiguous: a day of 23 or 25 hours is one day.
  [[nodiscard]] Date local_day(Timestamp instant) const;
  // The wall clock at an instant, since midnight.
  [[nodiscard]] std::chrono::seconds time_of_day(Timestamp instant) const;
  // A wall-clock time of the zone as an instant. In the repeated hour of autumn the earlier of the
  // two; in the missing hour of spring the instant at which clocks jumped.
  [[nodiscard]] Timestamp to_instant(Date day, std::chrono::seconds since_midnight) const;
  [[nodiscard]] std::string name() const;

 private:
  explicit BusinessZone(const date::time_zone* zone) : zone_(zone) {}
  const date::time_zone* zone_;  // lives as long as the program
};

}  // namespace ledger
