#include "projections/quota_compliance/queries.h"

#include <algorithm>
#include <map>
#include <set>

#include "projections/store/view_batch.h"

namespace ledger::quota_compliance {

namespace {

using directory::Norm;

const std::string& family() {
  static const std::string name = family_of(kName, kVersion);
  return name;
}

constexpr auto kRedialWindow = std::chrono::minutes(5);

Figure count_mailed(const DayRow& day) {
  // (message, client company) once: three people of one firm are one offer, three firms are three.
  std::set<std::pair<std::string, std::string>> counted;
  std::set<std::string> clients;
  Figure figure;
  figure.metric = QuotaMetric::kEmailOffers;
  for (const auto& offer : day.mailed) {
    ++figure.attempts;
    if (offer.client_id.empty()) {
      ++figure.unmatched;
      continue;
    }
    counted.emplace(offer.message_id, offer.client_id);
    clients.insert(offer.client_id);
  }
  figure.counted = static_cast<std::int64_t>(counted.size());
  figure.answered = figure.counted;
  figure.unique_clients = static_cast<std::int64_t>(clients.size());
  return figure;
}

Figure count_phoned(const DayRow& day, const Norm& norm) {
  std::set<std::string> clients;
  std::set<std::string> verified;
  Figure figure;
  figure.metric = QuotaMetric::kPhoneOffers;
  for (const auto& offer : day.phoned) {
    ++figure.attempts;
    clients.insert(offer.client_id);
    if (offer.verified) verified.insert(offer.client_id);
  }
  figure.answered = static_cast<std::int64_t>(verified.size());
  figure.unique_clients = static_cast<std::int64_t>(clients.size());
  figure.counted = norm.count_unverified ? figure.unique_clients : figure.answered;
  return figure;
}

Result<Figure> count_contracts(const ViewSnapshot& snapshot, Date day,
                               std::string_view manager_id) {
  Figure figure;
  figure.metric = QuotaMetric::kNewClientContracts;
  const std::string prefix = month_prefix(day, manager_id);
  LEDGER_CHECK(scan_rows<NewClientRow>(snapshot, family(), prefix, prefix,
                                       [&](std::string_view, const NewClientRow&) {
                                         ++figure.counted;
                                         return true;
                                       }));
  figure.attempts = figure.answered = figure.unique_clients = figure.counted;
  return figure;
}

bool is_weekend(Date day) {
  const std::chrono::weekday weekday{std::chrono::sys_days{day}};
  return weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
}

void judge(Figure& figure, const Norm& norm, bool day_off, bool still_running) {
  figure.target = day_off ? 0 : norm.target;
  figure.policy_id = norm.policy_id;
  if (day_off) {
    figure.state = State::kDayOff;
  } else if (figure.counted >= figure.target) {
    figure.state = State::kMet;
  } else {
    figure.state = still_running ? State::kRunning : State::kShort;
  }
}

Result<ManagerDay> judge_day(const ViewSnapshot& snapshot, const directory::PoliciesRow& policies,
                             const ManagerHired& manager, Date day, Date today) {
  const std::string& id = manager.manager_id.text();
  LEDGER_TRY(auto stored, read_row<DayRow>(snapshot, family(), day_key(day, id)));
  const DayRow row = std::move(stored).value_or(DayRow{});
  const auto norm = [&](QuotaMetric metric) {
    return directory::norm_of(policies, metric, manager, day);
  };
  const bool day_off = is_weekend(day);
  ManagerDay result{manager, {}};
  const auto add = [&](Figure figure, bool off, bool running) {
    judge(figure, norm(figure.metric), off, running);
    result.figures.push_back(std::move(figure));
  };
  add(count_calls(row, norm(QuotaMetric::kCalls)), day_off, day >= today);
  add(count_mailed(row), day_off, day >= today);
  add(count_phoned(row, norm(QuotaMetric::kPhoneOffers)), day_off, day >= today);
  LEDGER_TRY(auto contracts, count_contracts(snapshot, day, id));
  const bool month_runs = day.year() / day.month() >= today.year() / today.month();
  add(std::move(contracts), false, month_runs);
  return result;
}

}  // namespace

Figure count_calls(const DayRow& day, const Norm& norm) {
  std::vector<const DayRow::Call*> by_time;
  for (const auto& call : day.calls) by_time.push_back(&call);
  std::sort(by_time.begin(), by_time.end(), [](const auto* left, const auto* right) {
    return std::tie(left->started, left->position) < std::tie(right->started, right->position);
  });
  Figure figure;
  figure.metric = QuotaMetric::kCalls;
  std::map<std::string, Timestamp> last_counted;
  for (const auto* call : by_time) {
    const bool outbound = call->direction == CallDirection::kOutbound;
    if (!outbound && !norm.count_inbound) continue;
    ++figure.attempts;
    const bool answered = call->outcome == CallOutcome::kAnswered;
    if (answered) ++figure.answered;
    if (call->client_id.empty()) {
      ++figure.unmatched;
      continue;
    }
    const bool talked = answered && call->talk_s >= norm.min_talk_s;
    if (!talked && !norm.count_unanswered) continue;
    const auto previous = last_counted.find(call->client_id);
    if (previous != last_counted.end() && call->started - previous->second < kRedialWindow) {
      continue;
    }
    last_counted[call->client_id] = call->started;
    ++figure.counted;
  }
  figure.unique_clients = static_cast<std::int64_t>(last_counted.size());
  return figure;
}

Result<std::vector<ManagerDay>> board(const ViewSnapshot& snapshot, Date day, Date today) {
  LEDGER_TRY(const auto managers, directory::managers(snapshot));
  LEDGER_TRY(const auto policies, directory::policies(snapshot));
  std::vector<ManagerDay> days;
  for (const auto& manager : managers) {
    if (manager.hired_on > day) continue;
    LEDGER_TRY(auto judged, judge_day(snapshot, policies, manager, day, today));
    days.push_back(std::move(judged));
  }
  return days;
}

}  // namespace ledger::quota_compliance
