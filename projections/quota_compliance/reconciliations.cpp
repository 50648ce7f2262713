#include "projections/quota_compliance/reconciliations.h"

#include "projections/acts/coverage.h"
#include "projections/directory/hires.h"

namespace ledger::quota_compliance {

namespace {

constexpr std::int64_t kPercent = 100;

State state_of(const Figure& figure, Date today) {
  if (figure.counted >= figure.target) return State::kMet;
  return today <= *figure.due_on ? State::kRunning : State::kShort;
}

}  // namespace

Result<std::map<ManagerId, Figure>> reconciliations(const ViewSnapshot& snapshot, Date month,
                                                    const Asked& asked) {
  const Date today = asked.zone.local_day(asked.now);
  LEDGER_TRY(const auto clients,
             acts::coverage(snapshot, month, {today, asked.known_at}, asked.zone));
  LEDGER_TRY(const auto staff, directory::staff(snapshot, asked.known_at));
  LEDGER_TRY(const auto policies, directory::policies(snapshot));
  std::map<ManagerId, Figure> figures;
  for (const auto& id : staff) {
    LEDGER_TRY(const auto manager,
               directory::manager_on(snapshot, id, last_of_month(month), asked.known_at));
    if (!manager || directory::is_head(*manager)) continue;
    const auto norm = directory::norm_of(policies, QuotaMetric::kReconciliations, *manager,
                                         last_of_month(month), asked.known_at);
    Figure& figure = figures[id];
    figure.metric = QuotaMetric::kReconciliations;
    figure.base = norm.target;
    figure.policy_id = norm.policy_id;
    LEDGER_TRY(const auto rule, acts::rule_of(snapshot, month, id, asked.known_at));
    figure.rule_version = rule.version;
    figure.due_on = acts::answer_by(month, rule);
  }
  for (const auto& client : clients) {
    if (!client.manager_id || client.needs.empty()) continue;
    const auto found = figures.find(*client.manager_id);
    if (found == figures.end()) continue;
    Figure& figure = found->second;
    ++figure.attempts;
    if (acts::is_covered(client.coverage)) ++figure.counted;
    if (client.coverage == acts::Coverage::kSent) ++figure.answered;
  }
  for (auto& [manager, figure] : figures) {
    figure.unique_clients = figure.attempts;
    figure.target = (figure.attempts * figure.base + kPercent - 1) / kPercent;
    figure.state = state_of(figure, today);
  }
  return figures;
}

}  // namespace ledger::quota_compliance
