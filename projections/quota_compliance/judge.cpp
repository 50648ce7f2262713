#include "projections/quota_compliance/judge.h"

#include <algorithm>
#include <array>

#include "platform/calendar_month.h"
#include "projections/directory/hires.h"
#include "projections/directory/rules.h"
#include "projections/quota_compliance/letters.h"
#include "projections/quota_compliance/month_rows.h"
#include "projections/quota_compliance/sign_rows.h"
#include "projections/reports/queries.h"
#include "projections/store/view_batch.h"

namespace ledger::quota_compliance {

namespace {

using directory::proportion;
using directory::WorkingTime;
using std::chrono::hours;
using std::chrono::minutes;

const std::string& family() {
  static const std::string name = family_of(kName, kVersion);
  return name;
}

// The system without which the duty cannot be done.
std::optional<OutageSystem> needs(QuotaMetric metric) {
  switch (metric) {
    case QuotaMetric::kCalls:
    case QuotaMetric::kPhoneOffers:
      return OutageSystem::kTelephony;
    case QuotaMetric::kEmailOffers:
      return OutageSystem::kMail;
    default:
      return std::nullopt;
  }
}

bool owes_nothing(const directory::Norm& norm, std::int64_t present) {
  return norm.part_day == PartDayNorm::kNone && present < directory::kOrdinaryDayMinutes;
}

// What the norm of a day is in proportion to: an ordinary day, a longer one as it is, or all that
// he was there where a part of a day owes the whole norm.
std::int64_t whole_day(const directory::Norm& norm, std::int64_t scheduled, std::int64_t present) {
  if (scheduled == 0) return 0;
  if (norm.part_day == PartDayNorm::kFull && present > 0) return present;
  return std::max(scheduled, directory::kOrdinaryDayMinutes);
}

// Of `present` minutes of the day, those without an outage were `worked`: an outage lowers the norm
// whatever a part of a day owes. The base of the database is kept on every day on which he was
// there at all: no part of a change is owed.
std::int64_t target_of_day(QuotaMetric metric, const directory::Norm& norm, std::int64_t worked,
                           std::int64_t present, std::int64_t whole) {
  if (metric == QuotaMetric::kDatabase) return worked > 0 ? norm.target : 0;
  if (owes_nothing(norm, present)) return 0;
  return proportion(norm.target, worked, whole);
}

// How much of a running day's norm a steady pace would have reached.
std::int64_t expected(std::int64_t target, Date day, const Asked& asked) {
  const auto begins = asked.zone.to_instant(day, minutes(directory::kDayBeginsMinute));
  const auto length = directory::kDayEndsMinute - directory::kDayBeginsMinute;
  const auto passed = std::chrono::floor<minutes>(asked.now - begins).count();
  return proportion(target, std::clamp<std::int64_t>(passed, 0, length), length);
}

// Contributions of a day that became known only after its figures were provisional.
void note_later(Figure& figure, Timestamp closed) {
  for (const auto& item : figure.items) {
    const bool stands = item.verdict != Verdict::kTakenBack;
    if (stands && item.known.recorded > closed) figure.recorded_later.push_back(item.position);
  }
}

Timestamp provisional_from(Date day, const BusinessZone& zone) {
  return zone.to_instant(add_days(day, 1), hours(12));
}

bool any_known(const SignsRow& row, const KnownAt& known_at) {
  return std::any_of(row.signs.begin(), row.signs.end(),
                     [&](const auto& sign) { return sign.known.at(known_at); });
}

// In time by the first of them.
std::vector<Item> hand_ins(const reports::Standing& report) {
  std::vector<Item> items;
  for (const auto& told : report.submitted) {
    Item item;
    item.position = told.position;
    item.known = told.known;
    item.time = told.time;
    item.on = told.day;
    item.attempt = true;
    if (!items.empty()) {
      item.verdict = Verdict::kSameReport;
      item.beside = items.front().position;
    } else if (!report.in_time()) {
      item.verdict = Verdict::kLate;
    }
    items.push_back(std::move(item));
  }
  return items;
}

}  // namespace

Judge::Judge(const ViewSnapshot& snapshot, Date from, Date to, const Asked& asked, WorkingTime time,
             directory::PoliciesRow policies, directory::StandInsRow stand_ins)
    : snapshot_(&snapshot),
      from_(from),
      to_(to),
      asked_(&asked),
      today_(asked.zone.local_day(asked.now)),
      time_(std::move(time)),
      policies_(std::move(policies)),
      stand_ins_(std::move(stand_ins)),
      holders_(snapshot, asked.known_at) {}

Result<Judge> Judge::of(const ViewSnapshot& snapshot, Date from, Date to, const Asked& asked) {
  LEDGER_TRY(auto time, WorkingTime::read(snapshot, from, to, asked.known_at));
  LEDGER_TRY(auto policies, directory::policies(snapshot));
  LEDGER_TRY(auto stand_ins, directory::stand_ins(snapshot));
  return Judge(snapshot, from, to, asked, std::move(time), std::move(policies),
               std::move(stand_ins));
}

directory::Norm Judge::norm(QuotaMetric metric, const ManagerHired& manager, Date day) const {
  return directory::norm_of(policies_, metric, manager, day, judged_by_);
}

Result<std::optional<ManagerDay>> Judge::day(const ManagerId& id, Date day) {
  LEDGER_TRY(const ManagerHired* hired, time_.employed(id, day));
  if (hired == nullptr || directory::is_head(*hired)) return std::nullopt;
  const ManagerHired& manager = *hired;
  LEDGER_TRY(const auto working, time_.day(id, day, std::nullopt, asked_->zone));
  ManagerDay result{manager, {}, {}, {}, {}};
  LEDGER_TRY(result.stage, stage(manager, day));
  if (working->absence) LEDGER_CHECK(add_stand_in(result, day));
  LEDGER_CHECK(add_day_figures(result, day));
  LEDGER_CHECK(add_contracts(result, day));
  LEDGER_CHECK(add_report(result, day));
  std::sort(result.figures.begin(), result.figures.end(),
            [](const auto& left, const auto& right) { return left.metric < right.metric; });
  return result;
}

template <class Done>
Status Judge::name_clients(std::vector<Done>& all) {
  for (auto& done : all) {
    if (done.client_id.empty()) continue;
    LEDGER_TRY(done.client_id, holders_.holder_of({done.client_id, done.position}));
  }
  return {};
}

Result<Judge::Opened> Judge::opened(const std::string& client) {
  if (const auto known = opened_.find(client); known != opened_.end()) return known->second;
  Opened opened;
  LEDGER_TRY(const auto* one, holders_.client_of(client));
  for (const auto& card : one->homes) {
    LEDGER_TRY(const auto day, directory::opened_on(*snapshot_, card, asked_->known_at));
    if (day && (!opened.on || *day < *opened.on)) opened.on = day;
    LEDGER_TRY(const bool voided, directory::is_card_voided(*snapshot_, card, asked_->known_at));
    opened.voided = opened.voided || voided;
  }
  if (opened.on) opened.voided = false;
  return opened_[client] = opened;
}

Result<DayFacts> Judge::call_facts(const ManagerId& manager, Date day) {
  DayFacts facts;
  facts.day = day;
  facts.known_at = asked_->known_at;
  LEDGER_TRY(auto stored, read_row<DayRow>(*snapshot_, family(), day_key(day, manager.text())));
  facts.row = std::move(stored).value_or(DayRow{});
  LEDGER_CHECK(name_clients(facts.row.calls));
  for (const auto& call : facts.row.calls) {
    if (call.client_id.empty()) continue;
    LEDGER_TRY(const auto card, opened(call.client_id));
    if (card.on) facts.opened[call.client_id] = *card.on;
    if (card.voided) facts.voided.insert(call.client_id);
  }
  return facts;
}

Result<DayFacts> Judge::facts(const ManagerId& manager, Date day) {
  LEDGER_TRY(auto facts, call_facts(manager, day));
  LEDGER_CHECK(name_clients(facts.row.mailed));
  LEDGER_CHECK(name_clients(facts.row.phoned));
  const auto bounce_hours = directory::rules_of(policies_, day, judged_by_).mailed.bounce_hours;
  for (const auto& offer : facts.row.mailed) {
    LEDGER_TRY(const bool lost, reached_nobody(*snapshot_, offer.letter, offer.sent, bounce_hours,
                                               asked_->known_at));
    if (lost) facts.bounced.insert(offer.position);
  }
  return facts;
}

std::optional<LastHour> Judge::last_hour(Date day) const {
  const auto length = time_.calendar().minutes(day);
  if (length == 0) return std::nullopt;
  const auto ends = directory::day_ends_minute(length);
  return LastHour{asked_->zone.to_instant(day, minutes(ends - 60)),
                  asked_->zone.to_instant(day, minutes(ends))};
}

Status Judge::add_day_figures(ManagerDay& result, Date day) {
  const ManagerHired& manager = result.manager;
  LEDGER_TRY(const auto known, facts(manager.manager_id, day));
  const auto mail_norm = norm(QuotaMetric::kEmailOffers, manager, day);
  auto calls = judge_calls(known, norm(QuotaMetric::kCalls, manager, day));
  const auto phone_norm = norm(QuotaMetric::kPhoneOffers, manager, day);
  auto phoned = judge_phoned(known, phone_norm, calls);
  if (phone_norm.separate_calls) set_phoned_apart(calls, phoned);
  if (!phone_norm.count_stood_in) {
    LEDGER_TRY(const auto clients, stood_in_for(manager.manager_id, calls, day));
    set_stood_in_apart(calls, clients);
  }
  std::array figures{sum_calls(std::move(calls), last_hour(day)),
                     sum_mailed(judge_mailed(known, mail_norm), mail_norm),
                     sum_phoned(std::move(phoned)), sum_changes(judge_changes(known))};
  const Timestamp closed = provisional_from(day, asked_->zone);
  for (auto& figure : figures) note_later(figure, closed);
  LEDGER_TRY(const auto there, time_.day(manager.manager_id, day, std::nullopt, asked_->zone));
  for (auto& figure : figures) {
    LEDGER_TRY(const auto time,
               time_.day(manager.manager_id, day, needs(figure.metric), asked_->zone));
    const auto rule = norm(figure.metric, manager, day);
    figure.base = rule.target;
    figure.policy_id = rule.policy_id;
    figure.rule_version = rule.rule_version;
    figure.worked = time->worked;
    figure.scheduled = whole_day(rule, time->scheduled, there->worked);
    figure.target =
        target_of_day(figure.metric, rule, time->worked, there->worked, figure.scheduled);
    if (time->scheduled == 0) {
      figure.state = State::kDayOff;
    } else if (time->worked == 0) {
      figure.state = State::kExcused;
      figure.reason = time->absence ? Reason::kAbsence : Reason::kOutage;
      figure.absence_id = time->absence.value_or("");
    } else if (figure.metric != QuotaMetric::kDatabase && owes_nothing(rule, there->worked)) {
      figure.state = State::kExcused;
      figure.reason = Reason::kPartDay;
    } else if (figure.counted >= figure.target) {
      figure.state = State::kMet;
    } else if (day >= today_) {
      figure.state = State::kRunning;
      figure.expected_by_now = expected(figure.target, day, *asked_);
    } else {
      LEDGER_TRY(const bool nobody_knows, silent(figure.metric, day));
      figure.state = nobody_knows ? State::kUnknown : State::kShort;
      if (nobody_knows) figure.reason = Reason::kSilentSender;
    }
    result.figures.push_back(std::move(figure));
  }
  return {};
}

Status Judge::add_contracts(ManagerDay& result, Date day) {
  const ManagerHired& manager = result.manager;
  LEDGER_TRY(auto figure, count_contracts(*snapshot_, day, manager.manager_id,
                                          {policies_, judged_by_, asked_->known_at}));
  const auto rule = norm(QuotaMetric::kNewClientContracts, manager, day);
  std::int64_t passed = 0;
  for (Date at = from_; at <= to_; at = add_days(at, 1)) {
    figure.scheduled += time_.calendar().minutes(at);
    LEDGER_TRY(const auto* hired, time_.employed(manager.manager_id, at));
    if (hired == nullptr || directory::is_head(*hired)) continue;
    LEDGER_TRY(const auto time, time_.day(manager.manager_id, at, std::nullopt, asked_->zone));
    figure.worked += time->worked;
    if (at < today_) passed += time->worked;
  }
  figure.base = rule.target;
  figure.policy_id = rule.policy_id;
  figure.rule_version = rule.rule_version;
  figure.target = proportion(rule.target, figure.worked, figure.scheduled);
  if (figure.worked == 0) {
    figure.state = State::kExcused;
  } else if (figure.counted >= figure.target) {
    figure.state = State::kMet;
  } else if (to_ >= today_) {
    figure.state = State::kRunning;
    figure.expected_by_now = proportion(figure.target, passed, figure.worked);
  }
  result.figures.push_back(std::move(figure));
  return {};
}

// The report of the month before: in time by its first submission, whatever was returned later.
Status Judge::add_report(ManagerDay& result, Date day) {
  const ManagerHired& manager = result.manager;
  const Date about = month_start(day, -1);
  LEDGER_TRY(const auto* was_there,
             time_.employed_last(manager.manager_id, about, last_of_month(about)));
  if (was_there == nullptr) return {};
  LEDGER_TRY(const auto report,
             reports::standing(*snapshot_, manager.manager_id.text(), about, asked_->known_at));
  if (report.progress() == reports::Progress::kNotOwed) return {};
  Figure figure;
  figure.metric = QuotaMetric::kReport;
  const auto rule = norm(QuotaMetric::kReport, manager, day);
  figure.base = figure.target = rule.target;
  figure.policy_id = rule.policy_id;
  figure.due_on = report.due_on;
  figure.rule_version = report.rule_version;
  figure.attempts = static_cast<std::int64_t>(report.submitted.size());
  figure.items = hand_ins(report);
  figure.counted = std::count_if(figure.items.begin(), figure.items.end(), [](const Item& item) {
    return item.verdict == Verdict::kCounted;
  });
  if (figure.counted >= figure.target) {
    figure.state = State::kMet;
  } else if (today_ <= *figure.due_on) {
    figure.state = State::kRunning;
  }
  result.figures.push_back(std::move(figure));
  return {};
}

Result<bool> Judge::heard(QuotaMetric metric, Date day) {
  const auto known = heard_.find({metric, day});
  if (known != heard_.end()) return known->second;
  bool found = false;
  LEDGER_CHECK(scan_rows<SignsRow>(*snapshot_, family(), signs_prefix(metric) + format_date(day),
                                   "", [&](std::string_view, const SignsRow& row) {
                                     found = any_known(row, asked_->known_at);
                                     return !found;
                                   }));
  return heard_[{metric, day}] = found;
}

Result<std::optional<Date>> Judge::first_heard(QuotaMetric metric) {
  if (const auto known = first_heard_.find(metric); known != first_heard_.end()) {
    return known->second;
  }
  const std::string prefix = signs_prefix(metric);
  std::string first;
  LEDGER_CHECK(scan_rows<SignsRow>(
      *snapshot_, family(), prefix, "", [&](std::string_view key, const SignsRow& row) {
        if (!any_known(row, asked_->known_at)) return true;
        first = key.substr(prefix.size(), std::string_view("2026-11-25").size());
        return false;
      }));
  std::optional<Date> day;
  if (!first.empty()) {
    LEDGER_TRY(day, parse_date(first));
  }
  return first_heard_[metric] = day;
}

Result<bool> Judge::silent(QuotaMetric metric, Date day) {
  if (metric != QuotaMetric::kCalls && metric != QuotaMetric::kEmailOffers) return false;
  LEDGER_TRY(const auto first, first_heard(metric));
  if (!first || *first >= day) return false;
  LEDGER_TRY(const bool today, heard(metric, day));
  return !today;
}

Result<Stage> Judge::stage(const ManagerHired& manager, Date day) {
  LEDGER_TRY(const auto report,
             reports::standing(*snapshot_, manager.manager_id.text(), day, asked_->known_at));
  const auto accepted = report.judged_by();
  judged_by_ = accepted ? accepted : asked_->known_at;
  if (accepted) return Stage::kFrozen;
  return asked_->now < provisional_from(day, asked_->zone) ? Stage::kOpen : Stage::kProvisional;
}

}  // namespace ledger::quota_compliance
