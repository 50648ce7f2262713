#include "projections/monthly_report/report.h"

#include <algorithm>
#include <map>

#include "platform/calendar_month.h"
#include "projections/activity/queries.h"
#include "projections/directory/queries.h"
#include "projections/duties/duties.h"
#include "projections/monthly_report/acts.h"
#include "projections/monthly_report/breaches.h"
#include "projections/monthly_report/clients.h"
#include "projections/monthly_report/contracts.h"
#include "projections/monthly_report/corrections.h"
#include "projections/monthly_report/counted.h"
#include "projections/monthly_report/debts.h"
#include "projections/monthly_report/head.h"
#include "projections/monthly_report/plan.h"
#include "projections/monthly_report/turnover.h"

namespace ledger::monthly_report {

namespace {

using quota_compliance::ManagerMonth;

// Dates are written as numbers: 20261017.
std::int64_t number_of(Date day) {
  return (std::int64_t{int(day.year())} * 100 + unsigned(day.month())) * 100 + unsigned(day.day());
}

// The day that fell short by most, and what he did on it.
void add_worst_day(Report& report, const quota_compliance::MonthLine& line, const std::string& name,
                   std::string_view duty) {
  if (!line.worst_day) return;
  for (const auto& day : line.days) {
    if (day.date != line.worst_day) continue;
    report.lines.push_back(
        {Section::kNorms, name + ".worst_day", number_of(day.date), "date", duty});
    report.lines.push_back({Section::kNorms, name + ".worst_day_counted", day.counted, "", duty});
  }
}

void add_norms(Report& report, const ManagerMonth& month) {
  for (const auto& line : month.lines) {
    const std::string name(name_of(line.metric));
    const auto duty = duties::duty_of(line.metric);
    const auto add = [&](std::string_view what, std::int64_t value, std::string_view unit = "") {
      report.lines.push_back(
          {Section::kNorms, name + std::string(what), value, std::string(unit), duty});
    };
    add(".counted", line.counted);
    add(".target", line.target);
    add(".days_due", line.days_due, "day");
    add(".days_met", line.days_met, "day");
    add_worst_day(report, line, name, duty);
    if (line.metric != QuotaMetric::kCalls && line.metric != QuotaMetric::kPhoneOffers) continue;
    add(".self_reported", line.self_reported);
    if (line.told > 0) add(".self_reported_share", 100 * line.self_reported / line.told, "%");
  }
}

std::vector<Line> in_order_of_the_form(std::vector<Line> lines) {
  std::multimap<Section, Line> by_section;
  for (auto& line : lines) by_section.emplace(line.section, std::move(line));
  lines.clear();
  for (auto& [section, line] : by_section) lines.push_back(std::move(line));
  return lines;
}

}  // namespace

Result<Report> figures(const ViewSnapshot& snapshot, const ManagerId& manager, Date month,
                       Timestamp known_at, const BusinessZone& zone) {
  LEDGER_TRY(const auto hired, directory::manager(snapshot, manager));
  if (hired && hired->post == StaffPost::kSupervisor && hired->hired_on <= last_of_month(month)) {
    return fail(ErrorCode::kNotFound,
                "is a head of department, who owes no report of a client manager");
  }
  LEDGER_TRY(const auto mine,
             quota_compliance::month_of(snapshot, manager, month, {known_at, known_at, zone}));
  if (!mine) {
    return fail(ErrorCode::kNotFound, "nobody of that id was employed in that month");
  }
  Report report;
  report.manager = mine->manager;
  report.month = month;
  report.known_at = known_at;
  LEDGER_CHECK(add_head(report, snapshot, *mine));
  add_norms(report, *mine);
  LEDGER_CHECK(add_contracts(report, snapshot, *mine, zone));
  LEDGER_CHECK(add_clients(report, snapshot, zone));
  LEDGER_CHECK(add_acts(report, snapshot, zone));
  LEDGER_TRY(const auto sold, add_turnover(report, snapshot, zone));
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
  LEDGER_CHECK(add_came_of_offers(report, snapshot, zone));
  LEDGER_CHECK(add_plan(report, snapshot, sold));
  LEDGER_CHECK(add_breaches(report, snapshot, zone));
  report.lines = in_order_of_the_form(std::move(report.lines));
  return report;
}

Result<Report> make(const ViewSnapshot& snapshot, const ManagerId& manager, Date month,
                    Timestamp known_at, const BusinessZone& zone) {
  LEDGER_TRY(auto report, figures(snapshot, manager, month, known_at, zone));
  LEDGER_CHECK(add_corrections(report, snapshot, zone));
  return report;
}

std::vector<Difference> differences(const Report& then, const Report& now) {
  std::vector<Difference> found;
  std::map<std::pair<std::string, std::string>, std::int64_t> before;
  for (const auto& line : then.lines) {
    if (line.section != Section::kCorrections) {
      before.emplace(std::pair(line.id, line.unit), line.value);
    }
  }
  for (const auto& line : now.lines) {
    if (line.section == Section::kCorrections) continue;
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
