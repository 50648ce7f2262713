#include "projections/attestation/sheet.h"

#include <algorithm>
#include <array>

#include "platform/calendar_month.h"
#include "projections/attestation/cards.h"
#include "projections/directory/queries.h"
#include "projections/monthly_report/plan.h"

namespace ledger::attestation {

namespace {

using monthly_report::Report;

// The reports of the six months before `month`, the oldest first; nullopt where he was not there.
using Reports = std::vector<std::optional<Report>>;

std::vector<Date> months_before(Date month) {
  std::vector<Date> months;
  for (int back = kMonths; back > 0; --back) months.push_back(month_start(month, -back));
  return months;
}

Result<Reports> reports_of(const ViewSnapshot& snapshot, const ManagerId& manager,
                           const std::vector<Date>& months, Timestamp known_at,
                           const BusinessZone& zone) {
  Reports reports;
  for (const Date month : months) {
    auto report = monthly_report::figures(snapshot, manager, month, known_at, zone);
    if (report) {
      reports.emplace_back(*std::move(report));
    } else if (report.error().code == ErrorCode::kNotFound) {
      reports.emplace_back(std::nullopt);
    } else {
      return tl::unexpected(std::move(report).error());
    }
  }
  return reports;
}

// In the order of the form: a line that only some months have stands behind the one that is before
// it in those.
Result<std::vector<Row>> rows_of(const Reports& reports) {
  std::vector<Row> rows;
  for (std::size_t month = 0; month < reports.size(); ++month) {
    if (!reports[month]) continue;
    auto behind = rows.begin();
    for (const auto& line : reports[month]->lines) {
      // What is planned of a month stands in that month with what came of it.
      if (line.id.starts_with(monthly_report::kNextPlan)) continue;
      auto row = std::find_if(rows.begin(), rows.end(), [&](const Row& one) {
        return one.id == line.id && one.unit == line.unit;
      });
      if (row == rows.end()) {
        row =
            rows.insert(behind, {line.section, line.id, line.unit, line.duty_id, {}, std::nullopt});
        row->values.resize(reports.size());
      }
      behind = std::next(row);
      row->values[month] = line.value;
      if (!adds_up(row->id)) continue;
      LEDGER_TRY(row->sum, add_checked(row->sum.value_or(0), line.value));
    }
  }
  std::multimap<monthly_report::Section, Row> by_section;
  for (auto& row : rows) by_section.emplace(row.section, std::move(row));
  rows.clear();
  for (auto& [section, row] : by_section) rows.push_back(std::move(row));
  return rows;
}

PlanKept plan_kept(const Reports& reports) {
  constexpr std::string_view kTarget = ".target";
  PlanKept kept;
  for (const auto& report : reports) {
    if (!report) continue;
    const auto& lines = report->lines;
    for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
      // The fact stands behind its target.
      if (!lines[i].id.starts_with("plan.") || !lines[i].id.ends_with(kTarget)) continue;
      // Of the turnover that is judged as a whole.
      if (lines[i].id.starts_with(monthly_report::kProductPlan)) continue;
      ++kept.planned;
      if (lines[i + 1].value >= lines[i].value) ++kept.reached;
    }
  }
  return kept;
}

Status add_growth(std::map<std::string, Growth>& growths, const Reports& reports,
                  std::int64_t Growth::* when, std::string_view id) {
  for (const auto& report : reports) {
    if (!report) continue;
    for (const auto& line : report->lines) {
      if (line.id != id) continue;
      auto& sum = growths[line.unit].*when;
      LEDGER_TRY(sum, add_checked(sum, line.value));
    }
  }
  return {};
}

Result<std::map<std::string, Growth>> growth_of(const Reports& before, const Reports& now,
                                                std::string_view id) {
  std::map<std::string, Growth> growths;
  LEDGER_CHECK(add_growth(growths, before, &Growth::before, id));
  LEDGER_CHECK(add_growth(growths, now, &Growth::now, id));
  return growths;
}

}  // namespace

bool adds_up(std::string_view line_id) {
  constexpr std::array<std::string_view, 7> kStocks{
      "debts.opening",    "debts.closing",     "clients.base",  "clients.stale",
      "clients.stood_in", "clients.contacted", "clients.class_"};
  const bool compares = line_id.ends_with("_last_month") || line_id.ends_with("_last_year");
  const bool is_one_day = line_id.find(".worst_day") != std::string_view::npos;
  const bool is_share = line_id.find("_share") != std::string_view::npos;
  return !compares && !is_one_day && !is_share &&
         std::none_of(kStocks.begin(), kStocks.end(),
                      [&](std::string_view stock) { return line_id.starts_with(stock); });
}

std::optional<std::int64_t> Growth::percent() const {
  if (before <= 0) return std::nullopt;
  const long double exact = (static_cast<long double>(now) - static_cast<long double>(before)) *
                            100.0L / static_cast<long double>(before);
  return static_cast<std::int64_t>(exact + (exact < 0 ? -0.5L : 0.5L));
}

Result<Sheet> make(const ViewSnapshot& snapshot, const ManagerId& manager, Date day,
                   Timestamp known_at, const BusinessZone& zone) {
  Sheet sheet;
  sheet.known_at = known_at;
  sheet.months = months_before(day);
  LEDGER_TRY(const auto now, reports_of(snapshot, manager, sheet.months, known_at, zone));
  const auto there =
      std::find_if(now.begin(), now.end(), [](const auto& report) { return report.has_value(); });
  if (there == now.end()) {
    LEDGER_TRY(const auto hired, directory::manager(snapshot, manager));
    const bool heads = hired && hired->post == StaffPost::kSupervisor;
    return fail(ErrorCode::kNotFound,
                heads ? "is a head of department, who is not attested as a client manager"
                      : "nobody of that id was employed in the six months before");
  }
  sheet.manager = (*there)->manager;
  LEDGER_TRY(const auto before,
             reports_of(snapshot, manager, months_before(sheet.months.front()), known_at, zone));
  LEDGER_TRY(sheet.rows, rows_of(now));
  sheet.plan = plan_kept(now);
  LEDGER_TRY(sheet.invoiced, growth_of(before, now, "turnover.invoiced"));
  LEDGER_TRY(sheet.paid, growth_of(before, now, "turnover.paid"));
  LEDGER_TRY(auto contracts, growth_of(before, now, "contracts.new"));
  sheet.contracts = contracts[""];
  LEDGER_TRY(sheet.cards, cards_kept(snapshot, manager, sheet.months.front(),
                                     last_of_month(sheet.months.back()), known_at, zone));
  LEDGER_TRY(sheet.record, qualification::record(snapshot, manager, {day, known_at}));
  return sheet;
}

}  // namespace ledger::attestation
