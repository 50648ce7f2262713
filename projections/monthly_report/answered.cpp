#include "projections/monthly_report/answered.h"

#include <algorithm>
#include <utility>

#include "projections/obligations/portfolio.h"
#include "projections/responsibility/responsibility.h"

namespace ledger::monthly_report {

Result<std::vector<client_card::Card>> answered_clients(const ViewSnapshot& snapshot,
                                                        const ManagerId& manager,
                                                        const Knowledge& knowledge) {
  const auto& [month, known_at, zone] = knowledge;
  const AsOf as_of{zone.local_day(known_at), known_at};
  const Date end = std::clamp(as_of.day, month, last_of_month(month));
  LEDGER_TRY(auto responsibility, Responsibility::read(snapshot, month, end, known_at, zone));
  const Date day = std::max(month, last_working_day(responsibility.calendar(), end));
  LEDGER_TRY(const auto managers, responsibility.stands_for(manager, day, day));
  LEDGER_TRY(const auto ids, obligations::clients_of(snapshot, managers, known_at));
  std::vector<client_card::Card> found;
  for (const auto& id : ids) {
    LEDGER_TRY(auto card, client_card::card(snapshot, id, as_of));
    if (!card) continue;
    LEDGER_TRY(const auto answering, responsibility.of_client(*card, day, std::nullopt));
    if (answering.manager == manager) found.push_back(*std::move(card));
  }
  return found;
}

}  // namespace ledger::monthly_report
