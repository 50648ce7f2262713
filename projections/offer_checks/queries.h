#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "projections/offer_checks/checks.h"
#include "projections/store/view_store.h"

namespace ledger::offer_checks {

struct Checked {
  Offer offer;
  std::vector<Finding> findings;
};

// What was checked of one client and day is kept between questions (projections/store/kept.h) and
// belongs to all of them.
struct CheckedList {
  std::vector<const Checked*> rows;
  std::vector<std::shared_ptr<const std::vector<Checked>>> parts;  // where the rows live
};

inline constexpr int kQuestionDaysMax = 92;

struct Question {
  Date from;
  Date to;
  std::optional<ManagerId> manager;   // absent: of all
  std::optional<std::string> client;  // any of its cards; absent: to all
  std::optional<Timestamp> known_at = {};
};
// Every offer of the days, by day, client and name, each against the card as it stood on its day by
// the knowledge asked for; what came to be known after the offer is a warning (checks.h). A stop
// that was lifted later on the same day does not stand on that day. kOutOfRange for more than
// kQuestionDaysMax days.
[[nodiscard]] Result<CheckedList> checked_offers(const ViewSnapshot& snapshot,
                                                 const Question& question);

// Of one client, all that events of single days tell of: an offer that was described on another day
// may come twice.
[[nodiscard]] Result<CheckedList> checked_on(const ViewSnapshot& snapshot,
                                             const std::string& client, const std::set<Date>& days,
                                             const std::optional<Timestamp>& known_at);

}  // namespace ledger::offer_checks
