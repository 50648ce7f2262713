#include "projections/monthly_report/breaches.h"

#include <algorithm>
#include <tuple>

#include "projections/obligations/book.h"

namespace ledger::monthly_report {

Status add_breaches(Report& report, const ViewSnapshot& snapshot, const BusinessZone& zone) {
  // He may explain after the month is over: by all that is known.
  const AsOf as_of{zone.local_day(report.known_at), report.known_at};
  LEDGER_TRY(const auto cases, obligations::cases_of_manager<obligations::BreachRow>(
                                   snapshot, report.manager.manager_id, as_of));
  for (const auto& [id, row] : cases) {
    const auto& told = row.asked.back().data;
    if (first_of_month(told.happened_on) != report.month) continue;
    Breach breach{id, told.duty_id, told.happened_on, told.text, {}, {}};
    for (const auto& given : row.done) breach.explanations.push_back(given.data.text);
    if (!row.closed.empty()) breach.decision = row.closed.back().data.decision;
    report.breaches.push_back(std::move(breach));
  }
  std::sort(report.breaches.begin(), report.breaches.end(), [](const auto& a, const auto& b) {
    return std::tie(a.happened_on, a.breach_id) < std::tie(b.happened_on, b.breach_id);
  });
  return {};
}

}  // namespace ledger::monthly_report
