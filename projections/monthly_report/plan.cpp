#include "projections/monthly_report/plan.h"

#include <map>
#include <utility>
#include <vector>

#include "platform/calendar_month.h"
#include "platform/words.h"
#include "projections/plans/queries.h"

namespace ledger::monthly_report {

namespace {

// Turnover is planned in hryvnias (plan.h of the events).
constexpr std::string_view kHryvnia = "UAH";

// The line of the report that tells how a planned metric went.
std::string_view fact_line(PlanMetric metric) {
  switch (metric) {
    case PlanMetric::kCalls:
      return "calls.counted";
    case PlanMetric::kEmailOffers:
      return "email_offers.counted";
    case PlanMetric::kPhoneOffers:
      return "phone_offers.counted";
    case PlanMetric::kNewClientContracts:
      return "contracts.new";
    case PlanMetric::kNewClients:
      return "clients.new_cards";
    case PlanMetric::kMeetings:
      return "meetings.held";
    case PlanMetric::kTurnover:
      return "turnover.invoiced";
    case PlanMetric::kOther:
      return "plan.items_done";
  }
  return "";
}

std::int64_t fact_of(const Report& report, PlanMetric metric) {
  const std::string_view id = fact_line(metric);
  for (const auto& line : report.lines) {
    const bool in_unit = metric != PlanMetric::kTurnover || line.unit == kHryvnia;
    if (line.id == id && in_unit) return line.value;
  }
  return 0;
}

using Targets = std::map<PlanMetric, std::int64_t>;

Result<std::vector<PlanItem>> items_of(const Report& report, const ViewSnapshot& snapshot,
                                       Date month) {
  return plans::items(snapshot, report.manager.manager_id.text(), month, report.known_at);
}

Result<Targets> targets_of(const std::vector<PlanItem>& items) {
  Targets targets;
  for (const auto& item : items) {
    // A line of words is one thing to do.
    const std::int64_t target = item.metric == PlanMetric::kOther ? 1 : item.target;
    LEDGER_TRY(targets[item.metric], add_checked(targets[item.metric], target));
  }
  return targets;
}

struct ProductTarget {
  std::string product;  // as the first line names it
  std::int64_t target = 0;
};

// By fold_words() of the product.
Result<std::map<std::string, ProductTarget>> products_of(const std::vector<PlanItem>& items) {
  std::map<std::string, ProductTarget> products;
  for (const auto& item : items) {
    if (item.metric != PlanMetric::kTurnover || !item.text) continue;
    auto& one = products[fold_words(*item.text)];
    if (one.product.empty()) one.product = *item.text;
    LEDGER_TRY(one.target, add_checked(one.target, item.target));
  }
  return products;
}

Status add_products(Report& report, const std::vector<PlanItem>& items, const SoldByProduct& sold) {
  LEDGER_TRY(const auto products, products_of(items));
  for (const auto& [key, one] : products) {
    const std::string id = std::string(kProductPlan) + one.product;
    const auto found = sold.find(key);
    const std::int64_t fact = found == sold.end() ? 0 : found->second;
    const std::string unit(kHryvnia);
    report.lines.push_back({Section::kPlan, id + ".target", one.target, unit, "plan.sales"});
    report.lines.push_back({Section::kPlan, id + ".fact", fact, unit, "plan.sales"});
  }
  return {};
}

std::string_view duty_of(PlanMetric metric) {
  return metric == PlanMetric::kNewClients ? "plan.search" : "plan.personal";
}

std::string unit_of(PlanMetric metric) {
  return std::string(metric == PlanMetric::kTurnover ? kHryvnia : "");
}

}  // namespace

Status add_plan(Report& report, const ViewSnapshot& snapshot, const SoldByProduct& sold) {
  LEDGER_TRY(const auto items, items_of(report, snapshot, report.month));
  LEDGER_TRY(const auto targets, targets_of(items));
  for (const auto& [metric, target] : targets) {
    const std::string id = "plan." + std::string(name_of(metric));
    report.lines.push_back(
        {Section::kPlan, id + ".target", target, unit_of(metric), duty_of(metric)});
    report.lines.push_back(
        {Section::kPlan, id + ".fact", fact_of(report, metric), unit_of(metric), duty_of(metric)});
  }
  LEDGER_CHECK(add_products(report, items, sold));
  LEDGER_TRY(const auto later, items_of(report, snapshot, month_start(report.month, 1)));
  LEDGER_TRY(const auto next, targets_of(later));
  for (const auto& [metric, target] : next) {
    report.lines.push_back({Section::kPlan, std::string(kNextPlan) + std::string(name_of(metric)),
                            target, unit_of(metric), duty_of(metric)});
  }
  return {};
}

}  // namespace ledger::monthly_report
