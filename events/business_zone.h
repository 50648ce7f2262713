#pragma once

#include <optional>
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
  // Whether no clock of the zone ever showed that time: it lies in the missing hour of spring.
  [[nodiscard]] bool is_missing(Date day, std::chrono::seconds since_midnight) const;
  [[nodiscard]] std::string name() const;
  // Which edition of the time-zone data it counts by ("2025b"): a later one may disagree about days
  // to come, never about a day that is recorded. nullopt where the system does not say.
  [[nodiscard]] const std::optional<std::string>& data_version() const { return *data_version_; }

 private:
  explicit BusinessZone(const date::time_zone* zone);
  // Both live as long as the program.
  const date::time_zone* zone_;
  const std::optional<std::string>* data_version_;
};

}  // namespace ledger
