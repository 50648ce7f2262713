#include <algorithm>

#include "projections/directory/hires.h"
#include "projections/quota_compliance/judge.h"
#include "projections/quota_compliance/month_rows.h"
#include "projections/quota_compliance/queries.h"
#include "projections/store/view_batch.h"

namespace ledger::quota_compliance {

Result<std::vector<ManagerDay>> board(const ViewSnapshot& snapshot, Date day, const Asked& asked) {
  LEDGER_TRY(auto judge, Judge::of(snapshot, first_of_month(day), last_of_month(day), asked));
  LEDGER_TRY(const auto staff, directory::staff(snapshot, asked.known_at));
  std::vector<ManagerDay> days;
  for (const auto& manager : staff) {
    LEDGER_TRY(auto judged, judge.day(manager, day));
    if (judged) days.push_back(*std::move(judged));
  }
  return days;
}

Result<std::optional<ManagerDay>> day_of(const ViewSnapshot& snapshot, const ManagerId& manager,
                                         Date day, const Asked& asked) {
  LEDGER_TRY(auto judge, Judge::of(snapshot, first_of_month(day), last_of_month(day), asked));
  return judge.day(manager, day);
}

namespace {

void add_told(MonthLine& line, const Figure& figure) {
  if (figure.metric == QuotaMetric::kCalls && figure.shape) {
    line.told += figure.attempts + figure.shape->self_reported;
    line.self_reported += figure.shape->self_reported;
  } else if (figure.metric == QuotaMetric::kPhoneOffers) {
    line.told += figure.unique_clients;
    line.self_reported += figure.unique_clients - figure.answered;
  }
}

void add_day(MonthLine& line, const Figure& figure, Date day) {
  line.metric = figure.metric;
  line.counted += figure.counted;
  add_told(line, figure);
  line.days.push_back({day, figure.counted, figure.target, figure.state});
  // Of a day of which nobody knows, nobody can say that it was due and not done.
  const bool unknown = figure.state == State::kUnknown;
  if (unknown) ++line.days_unknown;
  const bool due = figure.target > 0 && !unknown;
  if (due) line.target += figure.target;
  if (due) ++line.days_due;
  if (due && figure.state == State::kMet) ++line.days_met;
  if (figure.state != State::kShort) return;
  const auto lacks = [](const MonthLine::Day& at) { return at.target - at.counted; };
  const auto worst = std::find_if(line.days.begin(), line.days.end(),
                                  [&](const auto& at) { return line.worst_day == at.date; });
  if (worst == line.days.end() || lacks(*worst) < lacks(line.days.back())) line.worst_day = day;
}

Result<std::optional<ManagerMonth>> judge_month(Judge& judge, const ManagerId& manager, Date from,
                                                Date to) {
  ManagerMonth result;
  bool employed = false;
  for (Date day = from; day <= to; day = add_days(day, 1)) {
    LEDGER_TRY(const auto judged, judge.day(manager, day));
    if (!judged) continue;
    employed = true;
    result.manager = judged->manager;
    std::size_t line = 0;
    for (const auto& figure : judged->figures) {
      if (figure.metric == QuotaMetric::kNewClientContracts) result.contracts = figure;
      if (!is_owed_by_day(figure.metric)) continue;
      if (line == result.lines.size()) result.lines.emplace_back();
      add_day(result.lines[line++], figure, day);
    }
  }
  if (!employed) return std::nullopt;
  return result;
}

// Of the running month, today.
Date last_judged(Date month, const Asked& asked) {
  return std::min(last_of_month(month), asked.zone.local_day(asked.now));
}

}  // namespace

Result<std::vector<ManagerMonth>> month(const ViewSnapshot& snapshot, Date month,
                                        const Asked& asked) {
  const Date from = first_of_month(month);
  LEDGER_TRY(auto judge, Judge::of(snapshot, from, last_of_month(month), asked));
  LEDGER_TRY(const auto staff, directory::staff(snapshot, asked.known_at));
  std::vector<ManagerMonth> months;
  for (const auto& manager : staff) {
    LEDGER_TRY(auto judged, judge_month(judge, manager, from, last_judged(month, asked)));
    if (judged) months.push_back(*std::move(judged));
  }
  return months;
}

Result<std::optional<ManagerMonth>> month_of(const ViewSnapshot& snapshot, const ManagerId& manager,
                                             Date month, const Asked& asked) {
  const Date from = first_of_month(month);
  LEDGER_TRY(auto judge, Judge::of(snapshot, from, last_of_month(month), asked));
  return judge_month(judge, manager, from, last_judged(month, asked));
}

Result<std::vector<JudgedCalls>> judged_calls(const ViewSnapshot& snapshot,
                                              const ManagerId& manager, Date from, Date to,
                                              const Asked& asked) {
  LEDGER_TRY(auto judge, Judge::of(snapshot, first_of_month(from), last_of_month(to), asked));
  std::vector<JudgedCalls> found;
  for (Date day = from; day <= to; day = add_days(day, 1)) {
    LEDGER_TRY(auto items, judge.calls(manager, day));
    if (!items.empty()) found.push_back({day, std::move(items)});
  }
  return found;
}

Result<std::vector<JudgedOffers>> judged_offers(const ViewSnapshot& snapshot,
                                                const ManagerId& manager, Date from, Date to,
                                                const Asked& asked) {
  LEDGER_TRY(auto judge, Judge::of(snapshot, first_of_month(from), last_of_month(to), asked));
  std::vector<JudgedOffers> found;
  for (Date day = from; day <= to; day = add_days(day, 1)) {
    LEDGER_TRY(auto offers, judge.offers(manager, day));
    if (!offers.mailed.empty() || !offers.phoned.empty()) found.push_back(std::move(offers));
  }
  return found;
}

}  // namespace ledger::quota_compliance
