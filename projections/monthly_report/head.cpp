#include "projections/monthly_report/head.h"

#include <algorithm>
#include <tuple>

#include "platform/calendar_month.h"
#include "projections/directory/hires.h"
#include "projections/directory/last_words.h"
#include "projections/directory/rules.h"
#include "projections/directory/working_time.h"
#include "projections/duties/duties.h"

namespace ledger::monthly_report {

namespace {

using quota_compliance::ManagerMonth;
using quota_compliance::MonthLine;
using quota_compliance::State;

const MonthLine* line_of(const ManagerMonth& month, QuotaMetric metric) {
  for (const auto& line : month.lines) {
    if (line.metric == metric) return &line;
  }
  return nullptr;
}

std::int64_t days_in(const MonthLine* line, State state) {
  if (line == nullptr) return 0;
  return std::count_if(line->days.begin(), line->days.end(),
                       [&](const auto& day) { return day.state == state; });
}

void add_days(Report& report, const ManagerMonth& month) {
  const MonthLine* calls = line_of(month, QuotaMetric::kCalls);
  // No system can be down for it: who is excused from it was not there.
  const MonthLine* base = line_of(month, QuotaMetric::kDatabase);
  const auto days = calls == nullptr ? 0 : static_cast<std::int64_t>(calls->days.size());
  const std::int64_t working = days - days_in(calls, State::kDayOff);
  const auto line = [&](std::string_view id, std::int64_t value) {
    report.lines.push_back({Section::kTime, std::string(id), value, "day", "absence.covered"});
  };
  line("days.working", working);
  line("days.worked", working - days_in(base, State::kExcused));
  line("days.excused", days_in(calls, State::kExcused));
}

// The last day on which an appointment held.
Date held_until(const directory::StandInsRow& row, const StandInAppointed& appointed,
                Timestamp known_at) {
  Date last = appointed.to;
  for (const auto& said : row.ended) {
    if (said.known.at(known_at) && said.data.appointment_id == appointed.appointment_id) {
      last = std::min(last, said.data.ended_on);
    }
  }
  return last;
}

Status add_stand_ins(Report& report, const ViewSnapshot& snapshot) {
  const ManagerId& mine = report.manager.manager_id;
  LEDGER_TRY(const auto row, directory::stand_ins(snapshot));
  std::int64_t given_days = 0;
  std::int64_t taken_days = 0;
  for (const auto* said :
       directory::last_words(row.appointed, &StandInAppointed::appointment_id, report.known_at)) {
    const bool given = said->stand_in_id == mine;
    if (!given && said->absent_manager_id != mine) continue;
    const Date from = std::max(said->from, report.month);
    const Date to = std::min(held_until(row, *said, report.known_at), last_of_month(report.month));
    if (to < from) continue;
    (given ? given_days : taken_days) += days_between(from, to) + 1;
    const ManagerId& other = given ? said->absent_manager_id : said->stand_in_id;
    LEDGER_TRY(const auto hired, directory::manager(snapshot, other));
    report.stand_ins.push_back(
        {given, other, hired ? hired->name : std::string(), from, to, said->order_no});
  }
  std::sort(report.stand_ins.begin(), report.stand_ins.end(), [](const auto& a, const auto& b) {
    return std::tie(a.from, a.to, a.given, a.other) < std::tie(b.from, b.to, b.given, b.other);
  });
  const auto line = [&](std::string_view id, std::int64_t value) {
    report.lines.push_back({Section::kTime, std::string(id), value, "day", "absence.covered"});
  };
  line("stand_ins.given", given_days);
  line("stand_ins.taken", taken_days);
  return {};
}

// What held on one more day.
void add_norm(std::vector<Rule>& rules, QuotaMetric metric, const directory::Norm& norm) {
  const bool same =
      !rules.empty() && rules.back().metric == metric && rules.back().rule == norm.rule_version;
  if (!same) rules.push_back({metric, norm.rule_version, {}});
  auto& policies = rules.back().policies;
  if (policies.empty() || policies.back() != norm.policy_id) policies.push_back(norm.policy_id);
}

Status add_rules(Report& report, const ViewSnapshot& snapshot) {
  LEDGER_TRY(const auto policies, directory::policies(snapshot));
  LEDGER_TRY(const auto hires, directory::hires(snapshot, report.manager.manager_id));
  LEDGER_TRY(const auto due, directory::report_due(snapshot, report.month, report.known_at));
  for (const QuotaMetric metric :
       {QuotaMetric::kCalls, QuotaMetric::kEmailOffers, QuotaMetric::kPhoneOffers,
        QuotaMetric::kDatabase, QuotaMetric::kNewClientContracts, QuotaMetric::kReconciliations,
        QuotaMetric::kReport}) {
    const auto* duty = duties::find(duties::duty_of(metric));
    const std::string unchanging(duty == nullptr ? std::string_view() : duty->rule);
    for (Date day = report.month; day <= last_of_month(report.month);
         day = ledger::add_days(day, 1)) {
      const auto* hired = directory::hire_on(hires, day, report.known_at);
      auto norm = directory::norm_of(policies, metric, hired == nullptr ? report.manager : *hired,
                                     day, report.known_at);
      // In time or late is decided by one version for the whole month.
      if (metric == QuotaMetric::kReport) norm.rule_version = due.rule_version;
      if (norm.rule_version.empty()) norm.rule_version = unchanging;
      add_norm(report.rules, metric, norm);
    }
  }
  return {};
}

}  // namespace

Status add_head(Report& report, const ViewSnapshot& snapshot, const ManagerMonth& month) {
  add_days(report, month);
  LEDGER_CHECK(add_stand_ins(report, snapshot));
  return add_rules(report, snapshot);
}

}  // namespace ledger::monthly_report
