#pragma once

#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "projections/client_card/queries.h"
#include "projections/directory/working_time.h"

// Whose client is whose on a day (domain-semantics.md 4a, stand-in).
namespace ledger {

// The active stand-in answers, else the owner; of what is owed to a client, where none of them is
// there, the head of the owner's department (schemas/decisions/0033).
struct Answering {
  std::optional<ManagerId> owner;
  // Absent: nobody's client. Who is away himself, where his department has no head.
  std::optional<ManagerId> manager;
  std::vector<ManagerId> on_behalf_of;  // who is away, the owner first
  bool supervisor = false;              // nobody is there to do it: it is the head's to see to
  bool no_stand_in = false;             // so, of what is owed to a client: an alert
};

// What questions of responsibility read once. The snapshot and the zone must outlive it.
class Responsibility {
 public:
  // For days from `from` to `to`.
  [[nodiscard]] static Result<Responsibility> read(const ViewSnapshot& snapshot, Date from, Date to,
                                                   const std::optional<Timestamp>& known_at,
                                                   const BusinessZone& zone);

  // `otherwise` answers for a client without an owner.
  [[nodiscard]] Result<Answering> of_client(const client_card::Card& card, Date day,
                                            const std::optional<ManagerId>& otherwise);
  // Of what a person took upon himself, or was given: he, or who stands in for him.
  [[nodiscard]] Result<Answering> of_person(const client_card::Card& card, Date day,
                                            const ManagerId& person);
  // What he owes by himself; no other does it for him.
  [[nodiscard]] Result<Answering> of_himself(const ManagerId& manager, Date day);
  // What the head of his department owes him; nobody where he has none over him.
  [[nodiscard]] Result<Answering> of_head_over(const ManagerId& manager, Date day);
  [[nodiscard]] Result<bool> is_absent(const ManagerId& manager, Date day);
  // As what he was employed last in the days from `from` to `to`, until this object dies; nullptr:
  // on none of them.
  [[nodiscard]] Result<const ManagerHired*> employed_last(const ManagerId& manager, Date from,
                                                          Date to) {
    return time_.employed_last(manager, from, to);
  }

  // He, and all for whom he may answer on a day from `from` to `to`: stand in, directly or through
  // others, or as the head of their department.
  [[nodiscard]] Result<std::set<ManagerId>> stands_for(const ManagerId& manager, Date from,
                                                       Date to);

  [[nodiscard]] const directory::Calendar& calendar() const { return time_.calendar(); }
  [[nodiscard]] const directory::StandInsRow& stand_ins() const { return stand_ins_; }
  [[nodiscard]] const BusinessZone& zone() const { return *zone_; }

 private:
  Responsibility(const ViewSnapshot& snapshot, directory::WorkingTime time,
                 directory::StandInsRow stand_ins, const std::optional<Timestamp>& known_at,
                 const BusinessZone& zone)
      : snapshot_(&snapshot),
        known_at_(known_at),
        time_(std::move(time)),
        stand_ins_(std::move(stand_ins)),
        zone_(&zone) {}

  [[nodiscard]] Result<std::optional<ManagerId>> head_over(const ManagerId& manager, Date day);
  [[nodiscard]] Result<std::set<ManagerId>> headed_by(const ManagerId& manager);

  const ViewSnapshot* snapshot_;
  std::optional<Timestamp> known_at_;
  directory::WorkingTime time_;
  directory::StandInsRow stand_ins_;
  const BusinessZone* zone_;
};

// Working days after `from` up to `to`; the calendar covers both.
[[nodiscard]] int working_days(const directory::Calendar& calendar, Date from, Date to);
// The last working day not after `day`; `day` itself if there is none within a month.
[[nodiscard]] Date last_working_day(const directory::Calendar& calendar, Date day);

}  // namespace ledger
