#include "consumers/reactors/arrival.h"

#include <algorithm>

#include "events/types/follow_up.h"
#include "events/types/stock.h"
#include "platform/stable_id.h"
#include "projections/obligations/waiting.h"
#include "projections/responsibility/responsibility.h"

namespace ledger {

namespace {

// Who asked longer ago has bought elsewhere (domain-semantics.md 1.4, row 68), and goods that came
// in a month ago are no news.
constexpr int kWaitingDays = 90;
constexpr int kNewsDays = 30;

}  // namespace

bool ArrivalReactor::concerns(const LineSummary& line) const {
  return line.type == GoodsArrived::kName;
}

Result<std::vector<Submission>> ArrivalReactor::react(const Event& event,
                                                      const Sight& sight) const {
  const ViewSnapshot& views = sight.views;
  const Date today = sight.today;
  std::vector<Submission> follow_ups;
  const auto* arrived = event.data.get_if<GoodsArrived>();
  if (arrived == nullptr || days_between(arrived->arrived_on, today) > kNewsDays) {
    return follow_ups;
  }
  LEDGER_TRY(
      const auto waiting,
      obligations::waiting_for(views, arrived->product,
                               add_days(arrived->arrived_on, -kWaitingDays), arrived->arrived_on));
  LEDGER_TRY(auto responsibility, Responsibility::read(views, today, today, std::nullopt, zone_));
  for (const auto& one : waiting) {
    LEDGER_TRY(const auto card, client_card::card(views, one.client_id, AsOf{today, std::nullopt}));
    if (!card) continue;
    LEDGER_TRY(const auto who, responsibility.of_client(*card, today, one.asked.manager_id));
    FollowUpSet follow_up;
    const std::string id =
        stable_id({GoodsArrived::kName, one.asked.client_id.text(), one.asked.case_id.text()});
    follow_up.follow_up_id = FollowUpId(id);
    follow_up.client_id = ClientId(one.client_id);
    follow_up.manager_id = who.manager.value_or(one.asked.manager_id);
    follow_up.due_on = today;
    follow_up.kind = FollowUpKind::kCallback;
    follow_up.subject = "надійшов товар: " + arrived->product;
    follow_ups.push_back({id, std::string(name()), event.stamps.recorded_time, std::nullopt,
                          EventData(std::move(follow_up))});
  }
  return follow_ups;
}

}  // namespace ledger
