#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <vector>

#include "events/business_zone.h"
#include "projections/directory/rows.h"
#include "projections/directory/time_rows.h"
#include "projections/store/view_store.h"

namespace ledger::directory {

// An ordinary working day, and a short one where nobody said how long it is.
inline constexpr std::int64_t kOrdinaryDayMinutes = 480;
inline constexpr std::int64_t kShortDayMinutes = 420;
// The hours over which a norm is expected to grow, local time.
inline constexpr std::int64_t kDayBeginsMinute = 9 * 60;
inline constexpr std::int64_t kDayEndsMinute = 18 * 60;
inline constexpr std::int64_t kBreakMinutes =
    kDayEndsMinute - kDayBeginsMinute - kOrdinaryDayMinutes;
// When a day of so many minutes is over: a short one so much earlier.
[[nodiscard]] constexpr std::int64_t day_ends_minute(std::int64_t length) {
  return length < kOrdinaryDayMinutes ? kDayEndsMinute - (kOrdinaryDayMinutes - length)
                                      : kDayEndsMinute;
}

// The days from `from` to `to`, both included, as they were set; Monday to Friday where they were
// not (domain-semantics.md 4a: no built-in holidays).
class Calendar {
 public:
  [[nodiscard]] static Result<Calendar> read(const ViewSnapshot& snapshot, CalendarKind kind,
                                             Date from, Date to,
                                             const std::optional<Timestamp>& known_at);
  // Of what days_set() read, by what was known then.
  [[nodiscard]] static Calendar of(const std::vector<Said<CalendarDaySet>>& set, CalendarKind kind,
                                   const std::optional<Timestamp>& known_at);
  // How long the day is; 0: a day off.
  [[nodiscard]] std::int64_t minutes(Date day) const;

 private:
  std::map<Date, std::int64_t> set_;
};

// All that was ever said of the days of a month, in log order.
[[nodiscard]] Result<std::vector<Said<CalendarDaySet>>> days_set(const ViewSnapshot& snapshot,
                                                                 CalendarKind kind, Date month);

// Who was away when, read once for a question.
class WorkingTime {
 public:
  [[nodiscard]] static Result<WorkingTime> read(const ViewSnapshot& snapshot, Date from, Date to,
                                                const std::optional<Timestamp>& known_at);

  struct Day {
    std::int64_t scheduled = 0;  // minutes by the calendar
    // Less absences and outages of what the duty needs, of each what was told last; outages at one
    // time count once, and absences of one day never take more than the day.
    std::int64_t worked = 0;
    std::optional<std::string> absence;  // id of the absence that takes from the day
  };
  // Of a manager; nullopt: not employed on that day. `needs`: the system without which the duty
  // cannot be done.
  [[nodiscard]] Result<std::optional<Day>> day(const ManagerId& manager, Date day,
                                               std::optional<OutageSystem> needs,
                                               const BusinessZone& zone);
  // As what he was employed on a day (hires.h), until this object dies; nullptr: he was not.
  [[nodiscard]] Result<const ManagerHired*> employed(const ManagerId& manager, Date day);
  // As what he was employed last in the days from `from` to `to`; nullptr: on none of them.
  [[nodiscard]] Result<const ManagerHired*> employed_last(const ManagerId& manager, Date from,
                                                          Date to);
  // Whether any hire of his is known, of whatever day.
  [[nodiscard]] Result<bool> is_known(const ManagerId& manager);
  [[nodiscard]] const Calendar& calendar() const { return calendar_; }

 private:
  WorkingTime(const ViewSnapshot& snapshot, Calendar calendar, OutagesRow outages,
              std::optional<Timestamp> known_at);
  struct Person {
    LeaveRow leave;
    ManagerRow hires;
  };
  [[nodiscard]] Result<const Person*> person(const ManagerId& manager);
  [[nodiscard]] std::int64_t outage_minutes(OutageSystem system, Date day,
                                            const BusinessZone& zone) const;

  const ViewSnapshot* snapshot_;
  Calendar calendar_;
  OutagesRow outages_;
  std::optional<Timestamp> known_at_;
  std::map<ManagerId, Person> people_;
};

// base × worked ÷ scheduled in whole numbers, to the nearest, half up (domain-semantics.md 4a).
[[nodiscard]] std::int64_t proportion(std::int64_t base, std::int64_t worked,
                                      std::int64_t scheduled);

// Who answers for a client on a day in place of its owner.
struct Responsible {
  ManagerId manager;
  std::vector<ManagerId> on_behalf_of;  // the absent ones, the owner first
  bool supervisor = false;              // nobody stands in: the head of department answers
};
// `absent` tells whether a manager is away for the whole of that day. The narrowest appointment
// wins, then the latest; at most three in a chain, and none that leads back.
[[nodiscard]] Result<Responsible> responsible(
    const StandInsRow& stand_ins, const ManagerId& owner, const ClientId& client,
    std::optional<Segment> segment, Date day, const std::optional<Timestamp>& known_at,
    const std::function<Result<bool>(const ManagerId&)>& absent);

[[nodiscard]] Result<StandInsRow> stand_ins(const ViewSnapshot& snapshot);
[[nodiscard]] Result<LeaveRow> leave(const ViewSnapshot& snapshot, const ManagerId& manager);

}  // namespace ledger::directory
