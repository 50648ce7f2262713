#include "projections/monthly_report/report.h"

#include <algorithm>
#include <map>

#include "platform/json_writer.h"
#include "platform/sha256.h"
#include "projections/activity/queries.h"
#include "projections/duties/duties.h"
#include "projections/monthly_report/acts.h"
#include "projections/monthly_report/clients.h"
#include "projections/monthly_report/debts.h"
#include "projections/monthly_report/plan.h"

namespace ledger::monthly_report {

namespace {

using quota_compliance::ManagerMonth;
using quota_compliance::State;

// What is counted by type of event; several types may make one line.
struct Counted {
  Section section;
  std::string_view id;
  std::string_view duty_id;
  std::vector<std::string_view> types;
};

const std::vector<Counted>& counted_lines() {
  static const std::vector<Counted> lines = {
      {Section::kClients, "clients.new_cards", "database.kept", {"client.registered"}},
      {Section::kClients,
       "clients.changed",
       "database.daily",
       {"client.updated", "contact_person.set", "contact_person.removed", "client.terms_set",
        "client.segment_set", "client.assigned"}},
      {Section::kClients, "clients.reviewed", "clients.reviewed", {"client.reviewed"}},
      {Section::kActs, "acts.sent", "reconciliation.monthly", {"reconciliation.sent"}},
      {Section::kActs, "acts.confirmed", "reconciliation.monthly", {"reconciliation.confirmed"}},
      {Section::kActs, "acts.disagreed", "reconciliation.monthly", {"reconciliation.disagreed"}},
      {Section::kActs, "acts.signed", "reconciliation.monthly", {"reconciliation.signed"}},
      {Section::kDebts, "debts.actions", "receivables.collected", {"collection.action_taken"}},
      {Section::kDebts, "debts.reminders", "receivables.collected", {"dunning.sent"}},
      {Section::kDebts, "debts.promises", "receivables.collected", {"promise_to_pay.made"}},
      {Section::kOffers, "offers.answered", "contacts.regular", {"offer.answered"}},
      {Section::kOffers, "needs.recorded", "needs.analysis", {"need.recorded"}},
      {Section::kService, "complaints.opened", "complaints.resolved", {"complaint.opened"}},
      {Section::kService,
       "complaints.closed",
       "complaints.resolved",
       {"complaint.resolved", "complaint.rejected"}},
      {Section::kService, "stockouts.reported", "stockouts.retention", {"stockout.reported"}},
      {Section::kService, "stock_promises.made", "stock_promises.kept", {"stock_promise.made"}},
      {Section::kService, "stock_promises.kept", "stock_promises.kept", {"stock_promise.kept"}},
      {Section::kMeetings, "meetings.held", "meetings.held", {"meeting.held"}},
      {Section::kMeetings, "greetings.sent", "greetings.sent", {"greeting.sent"}},
      {Section::kMeetings, "exhibitions.invited", "exhibitions.visits", {"exhibition.invited"}},
      {Section::kMeetings, "exhibitions.attended", "exhibitions.visits", {"exhibition.attended"}},
      {Section::kMarket, "competitors.observed", "competitors.observed", {"competitor.observed"}},
      {Section::kMarket, "objections.raised", "objections.handled", {"objection.raised"}},
      {Section::kPlan, "plan.items_done", "plan.personal", {"plan.item_done"}},
      {Section::kTasks, "tasks.assigned", "tasks.done", {"task.assigned"}},
      {Section::kTasks, "tasks.done", "tasks.done", {"task.done"}},
      {Section::kTasks, "tasks.refused", "tasks.done", {"task.refused"}},
      {Section::kBreaches, "breaches.recorded", "breaches.explained", {"breach.recorded"}},
      {Section::kBreaches, "breaches.explained", "breaches.explained", {"explanation.given"}},
  };
  return lines;
}

void add_time(Report& report, const ManagerMonth& month) {
  std::int64_t working = 0;
  std::int64_t excused = 0;
  for (const auto& line : month.lines) {
    if (line.metric != QuotaMetric::kCalls) continue;
    for (const auto& day : line.days) {
      if (day.state != State::kDayOff) ++working;
      if (day.state == State::kExcused) ++excused;
    }
  }
  report.lines.push_back({Section::kTime, "days.working", working, "day", "absence.covered"});
  report.lines.push_back({Section::kTime, "days.excused", excused, "day", "absence.covered"});
}

void add_norms(Report& report, const ManagerMonth& month) {
  for (const auto& line : month.lines) {
    const std::string name(name_of(line.metric));
    const auto duty = duties::duty_of(line.metric);
    report.lines.push_back({Section::kNorms, name + ".counted", line.counted, "", duty});
    report.lines.push_back({Section::kNorms, name + ".target", line.target, "", duty});
    report.lines.push_back({Section::kNorms, name + ".days_due", line.days_due, "day", duty});
    report.lines.push_back({Section::kNorms, name + ".days_met", line.days_met, "day", duty});
  }
  const auto& contracts = month.contracts;
  const auto duty = duties::duty_of(QuotaMetric::kNewClientContracts);
  report.lines.push_back({Section::kContracts, "contracts.new", contracts.counted, "", duty});
  report.lines.push_back({Section::kContracts, "contracts.target", contracts.target, "", duty});
  report.lines.push_back({Section::kContracts, "contracts.returned", contracts.returned, "", duty});
}

std::vector<Line> in_order_of_the_form(std::vector<Line> lines) {
  std::multimap<Section, Line> by_section;
  for (auto& line : lines) by_section.emplace(line.section, std::move(line));
  lines.clear();
  for (auto& [section, line] : by_section) lines.push_back(std::move(line));
  return lines;
}

}  // namespace

Result<Report> make(const ViewSnapshot& snapshot, const ManagerId& manager, Date month,
                    Timestamp known_at, const BusinessZone& zone) {
  LEDGER_TRY(const auto mine,
             quota_compliance::month_of(snapshot, manager, month, {known_at, known_at, zone}));
  if (!mine) {
    return fail(ErrorCode::kNotFound, "nobody of that id was employed in that month");
  }
  Report report{mine->manager, month, known_at, {}};
  add_time(report, *mine);
  add_norms(report, *mine);
  LEDGER_CHECK(add_clients(report, snapshot, zone));
  LEDGER_CHECK(add_acts(report, snapshot, zone));
  LEDGER_CHECK(add_debts(report, snapshot, zone));
  LEDGER_TRY(const auto counts, activity::counts(snapshot, manager.text(), month, known_at));
  for (const auto& line : counted_lines()) {
    std::int64_t sum = 0;
    for (const auto type : line.types) {
      const auto found = counts.find(type);
      if (found != counts.end()) sum += found->second;
    }
    report.lines.push_back({line.section, std::string(line.id), sum, "", line.duty_id});
  }
  LEDGER_CHECK(add_plan(report, snapshot));
  report.lines = in_order_of_the_form(std::move(report.lines));
  return report;
}

std::string canonical_json(const Report& report) {
  JsonWriter json;
  json.begin_object();
  json.member("form", kForm);
  json.member("manager_id", report.manager.manager_id.text());
  json.member("month", format_month(report.month));
  json.member("known_at", format_timestamp(report.known_at));
  json.key("figures").begin_object();
  for (const auto& line : report.lines) {
    json.member(line.unit.empty() || line.unit == "day" ? line.id : line.id + '.' + line.unit,
                line.value);
  }
  json.end_object();
  json.end_object();
  return json.take();
}

std::string digest(const Report& report) { return to_hex(sha256(canonical_json(report))); }

std::vector<Difference> differences(const Report& then, const Report& now) {
  std::vector<Difference> found;
  std::map<std::pair<std::string, std::string>, std::int64_t> before;
  for (const auto& line : then.lines) before.emplace(std::pair(line.id, line.unit), line.value);
  for (const auto& line : now.lines) {
    const auto was = before.extract({line.id, line.unit});
    const std::int64_t value = was.empty() ? 0 : was.mapped();
    if (value != line.value) found.push_back({line.id, line.unit, value, line.value});
  }
  for (const auto& [key, value] : before) {
    if (value != 0) found.push_back({key.first, key.second, value, 0});
  }
  return found;
}

}  // namespace ledger::monthly_report
