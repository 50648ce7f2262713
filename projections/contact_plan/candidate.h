#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/checks.h"
#include "projections/contact_plan/plan.h"
#include "projections/contact_plan/reasons.h"
#include "projections/obligations/obligation.h"

// Private to the plan: one client on one day, for whichever manager asks at whichever hour.
namespace ledger::contact_plan {

struct Candidate {
  Row row;               // without its reasons; as who answers for the client as a whole sees it
  std::vector<Due> due;  // that may be shown on the day; empty: whoever asks, he is not on the plan
  // Who answers for what is owed to the client, on whose behalf: by the first obligation of each.
  std::map<ManagerId, Answering> owing;
  // Of the people who may be contacted on the day; absent: at any hour. Nobody is on the card: a
  // client without people may be.
  std::vector<std::optional<Hours>> people;
  bool is_nobody_known = false;
  // The last that happened of what it was made of, by `until`.
  std::optional<Timestamp> newest;
};
// By what happened up to `until`.
[[nodiscard]] Result<Candidate> read_candidate(const ViewSnapshot& snapshot, std::string_view id,
                                               const AsOf& as_of, Timestamp until,
                                               Responsibility& responsibility,
                                               const BusinessZone& zone);

// His row on a manager's plan; nullopt: he is not on it. Pure.
[[nodiscard]] std::optional<Row> row_for(const Candidate& candidate, const Question& question,
                                         const BusinessZone& zone);

}  // namespace ledger::contact_plan
