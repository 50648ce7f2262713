#include "projections/access_log/unusual.h"

#include <ranges>
#include <string>
#include <utility>

namespace ledger::access_log {

std::map<Position, std::vector<Unusual>> unusual_exports(std::span<const Look> looks,
                                                         const directory::Calendar& calendar,
                                                         const BusinessZone& zone,
                                                         const UnusualRule& rule) {
  std::map<Position, std::vector<Unusual>> found;
  std::map<std::pair<Date, std::string>, int> taken;  // by day and person
  for (const auto& look : looks | std::views::reverse) {
    const auto& told = look.told;
    if (told.data.action != AccessAction::kExported) continue;
    std::vector<Unusual> why;
    const auto clock = zone.time_of_day(told.time);
    if (clock < rule.from || clock >= rule.until) why.push_back(Unusual::kOffHours);
    if (calendar.minutes(told.day) == 0) why.push_back(Unusual::kDayOff);
    if (++taken[{told.day, told.data.principal}] > rule.a_day) why.push_back(Unusual::kMany);
    if (!why.empty()) found.emplace(told.position, std::move(why));
  }
  return found;
}

}  // namespace ledger::access_log
