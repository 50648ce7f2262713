#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "projections/breaches/segments.h"
#include "projections/directory/queries.h"
#include "projections/directory/rules.h"

// Private to this rule: which manager had to do with which side, and when.
namespace ledger::breaches {

struct Evidence {
  SegmentBreach::Side side;
  Segment stands{};  // on the corporate or the retail side
  Date from;
  Date to;
};

// The snapshot must outlive it.
class EvidenceReader {
 public:
  EvidenceReader(const ViewSnapshot& snapshot, Responsibility& responsibility, Date from,
                 const AsOf& to)
      : snapshot_(snapshot),
        responsibility_(responsibility),
        from_(from),
        to_(to.day),
        known_at_(to.known_at) {}

  // Of corporate and retail clients, within the days; by client.
  [[nodiscard]] Result<std::vector<Evidence>> of(const ManagerId& manager);
  // On which side a segment stands for him on a day (directory::side_of), by the rule of that day.
  [[nodiscard]] Result<std::optional<Segment>> side_on(const ManagerId& manager,
                                                       std::optional<Segment> segment, Date day);

 private:
  [[nodiscard]] Result<const client_card::Card*> card(const std::string& client);
  [[nodiscard]] Status add_owned(std::vector<Evidence>& found, const ManagerId& manager,
                                 const ManagerId& owner, By by,
                                 const std::optional<StandInAppointed>& within);
  [[nodiscard]] Status add_acts(std::vector<Evidence>& found, const ManagerId& manager);
  [[nodiscard]] Status add_act(std::vector<Evidence>& found, const ManagerId& manager,
                               const std::string& client, Date day);

  const ViewSnapshot& snapshot_;
  Responsibility& responsibility_;
  Date from_;
  Date to_;
  std::optional<Timestamp> known_at_;
  [[nodiscard]] Status add_by_side(std::vector<Evidence>& found, const ManagerId& manager,
                                   const client_card::Card& card, Date from, Date to, By by);
  [[nodiscard]] Result<const std::vector<Date>*> rule_changes();

  std::map<std::string, std::optional<client_card::Card>> cards_;  // by any of its ids
  std::optional<directory::PoliciesRow> policies_;                 // read once somebody asks
  std::vector<Date> rule_changes_;
  // By manager and month: the knowledge by which its rules judge.
  std::map<std::pair<ManagerId, Date>, std::optional<Timestamp>> judged_by_;
};

// The side on which the client was on a day; one that was told only later is taken for the days
// before too.
[[nodiscard]] std::optional<Segment> segment_on(const client_card::Card& card, Date day);

}  // namespace ledger::breaches
