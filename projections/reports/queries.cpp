#include "projections/reports/queries.h"

#include <algorithm>
#include <tuple>

#include "platform/calendar_month.h"
#include "projections/directory/hires.h"
#include "projections/directory/queries.h"
#include "projections/directory/rules.h"
#include "projections/sources/history.h"
#include "projections/store/view_batch.h"

namespace ledger::reports {

namespace {

template <class E>
std::vector<Told<E>> known_steps(std::vector<Told<E>> steps,
                                 const std::optional<Timestamp>& known_at) {
  std::erase_if(steps, [&](const auto& step) { return !step.known.at(known_at); });
  std::sort(steps.begin(), steps.end(), [](const auto& left, const auto& right) {
    return std::tie(left.time, left.position) < std::tie(right.time, right.position);
  });
  return steps;
}

template <class E>
Timestamp last_time(const std::vector<Told<E>>& steps) {
  return steps.empty() ? Timestamp::min() : steps.back().time;
}

}  // namespace

Result<bool> owes(const ViewSnapshot& snapshot, std::string_view manager_id, Date month,
                  const std::optional<Timestamp>& known_at) {
  const ManagerId id{std::string(manager_id)};
  const Date last = last_of_month(month);
  LEDGER_TRY(auto manager, directory::manager_on(snapshot, id, last, known_at));
  if (!manager) {
    LEDGER_TRY(manager, directory::manager(snapshot, id));
  }
  if (!manager) return true;  // nobody to judge by
  LEDGER_TRY(const auto policies, directory::policies(snapshot));
  if (directory::has_policy(policies, QuotaMetric::kReport, *manager, known_at)) {
    const auto norm = directory::norm_of(policies, QuotaMetric::kReport, *manager, last, known_at);
    return norm.policy_id != directory::Norm().policy_id && norm.target > 0;
  }
  LEDGER_TRY(const auto begins, sources::history_begins(snapshot, known_at));
  return begins && first_of_month(*begins) <= month;
}

Progress Standing::progress() const {
  if (submitted.empty()) return owed ? Progress::kDue : Progress::kNotOwed;
  const Timestamp answered = std::max(last_time(returned), last_time(accepted));
  if (answered < submitted.back().time) return Progress::kSubmitted;
  return last_time(returned) < last_time(accepted) ? Progress::kAccepted : Progress::kReturned;
}

std::optional<Timestamp> Standing::judged_by() const {
  if (progress() != Progress::kAccepted) return std::nullopt;
  return accepted.back().known.recorded;
}

std::int64_t Standing::days_late(Date today) const {
  if (submitted.empty() && !owed) return 0;
  const Date first = submitted.empty() ? today : submitted.front().day;
  return std::max(days_between(due_on, first), 0);
}

Result<Standing> standing(const ViewSnapshot& snapshot, std::string_view manager_id, Date month,
                          const std::optional<Timestamp>& known_at) {
  static const std::string family = family_of(kName, kVersion);
  LEDGER_TRY(auto row, read_row<ReportRow>(snapshot, family, report_key(manager_id, month)));
  Standing result;
  if (row) {
    result.submitted = known_steps(std::move(row->submitted), known_at);
    result.returned = known_steps(std::move(row->returned), known_at);
    result.accepted = known_steps(std::move(row->accepted), known_at);
  }
  // A rule that was published after the acceptance judges nobody anew.
  const auto judged_by = result.judged_by();
  LEDGER_TRY(auto due, directory::report_due(snapshot, month, judged_by ? judged_by : known_at));
  result.due_on = due.on;
  result.rule_version = std::move(due.rule_version);
  if (result.submitted.empty()) {
    LEDGER_TRY(result.owed, owes(snapshot, manager_id, month, known_at));
  }
  return result;
}

Result<std::optional<Timestamp>> judged_by(const ViewSnapshot& snapshot, const ManagerId& manager,
                                           Date day, const std::optional<Timestamp>& known_at) {
  LEDGER_TRY(const auto report, standing(snapshot, manager.text(), first_of_month(day), known_at));
  const auto accepted = report.judged_by();
  return accepted ? accepted : known_at;
}

}  // namespace ledger::reports
