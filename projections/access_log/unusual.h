#pragma once

#include <map>
#include <span>
#include <string_view>
#include <vector>

#include "events/business_zone.h"
#include "platform/words.h"
#include "projections/access_log/queries.h"
#include "projections/directory/working_time.h"

// Which of what was taken out an auditor should look at first (domain-semantics.md 1.5, row 90,
// "unusual exports"). A hint for a person: nothing follows from it by itself.
namespace ledger::access_log {

inline constexpr std::string_view kUnusualRule = "unusual_exports.v1";

// [ours] Nobody works so early or late but now and then; and a person's own work takes a few lists
// a day, of which one an hour and thing is on record, while who carries a base away takes them all.
struct UnusualRule {
  std::chrono::hours from{7};  // by the clock of the house
  std::chrono::hours until{20};
  int a_day = 10;  // of one person
};

enum class Unusual { kOffHours, kDayOff, kMany };
constexpr auto names(Unusual) { return words("off_hours", "day_off", "many"); }

// Of exports alone, by position; what is usual is not there. `looks` are of whole days, the newest
// first: the first ones that a person took on a day are usual, those behind them are not.
[[nodiscard]] std::map<Position, std::vector<Unusual>> unusual_exports(
    std::span<const Look> looks, const directory::Calendar& calendar, const BusinessZone& zone,
    const UnusualRule& rule = {});

}  // namespace ledger::access_log
