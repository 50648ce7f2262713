#include "producers/append/norm_checks.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "events/checks.h"
#include "events/types/quota_policy.h"
#include "events/types/rule.h"
#include "producers/append/staff_checks.h"

namespace ledger {

namespace {

// By which work is judged (domain-semantics.md 1, duty 87): words that managers acknowledge,
// nothing is counted by them.
constexpr std::string_view kCriteria = "criteria";

Status check_rule(const RulePublished& published) {
  auto rules = rules_with_parameters();
  rules.push_back(kCriteria);
  if (std::find(rules.begin(), rules.end(), published.rule) != rules.end()) return {};
  return fail(
      ErrorCode::kInvalidField,
      fmt::format("no rule is called '{}'; there are: {}", published.rule, fmt::join(rules, ", ")),
      "data.rule");
}

std::int64_t target_max(QuotaMetric metric) {
  switch (metric) {
    case QuotaMetric::kReconciliations:
      return 100;  // per cent
    case QuotaMetric::kReport:
      return 1;
    default:
      return 10'000;
  }
}

Status no_parameter(QuotaMetric metric, std::string_view name) {
  return fail(ErrorCode::kInvalidField,
              fmt::format("the norm of '{}' has no such parameter", name_of(metric)),
              fmt::format("data.{}", name));
}

// A parameter of another metric would be kept, and change nothing.
Status check_parameters(const QuotaPolicySet& policy) {
  const QuotaMetric metric = policy.metric;
  if (metric != QuotaMetric::kCalls) {
    if (policy.min_talk_s) return no_parameter(metric, "min_talk_s");
    if (policy.redial_s) return no_parameter(metric, "redial_s");
    if (policy.count_unanswered) return no_parameter(metric, "count_unanswered");
    if (policy.count_inbound) return no_parameter(metric, "count_inbound");
  }
  if (metric != QuotaMetric::kPhoneOffers && policy.count_unverified) {
    return no_parameter(metric, "count_unverified");
  }
  if (metric != QuotaMetric::kEmailOffers) {
    if (policy.distinct_clients) return no_parameter(metric, "distinct_clients");
    if (policy.uncount_on_hard_bounce) return no_parameter(metric, "uncount_on_hard_bounce");
  }
  constexpr std::int64_t kHour = 3600;
  constexpr std::int64_t kDay = 24 * kHour;
  LEDGER_CHECK(check_within(policy.min_talk_s.value_or(0), 0, kHour, "data.min_talk_s"));
  return check_within(policy.redial_s.value_or(0), 0, kDay, "data.redial_s");
}

Status check_policy(const ViewSnapshot& snapshot, const QuotaPolicySet& policy) {
  LEDGER_CHECK(check_within(policy.target, 0, target_max(policy.metric), "data.target"));
  LEDGER_CHECK(check_parameters(policy));
  if (policy.scope != PolicyScope::kManager) return {};
  return check_hired(snapshot, ManagerId(*policy.scope_id), "data.scope_id");
}

}  // namespace

Status check_norms(const ViewSnapshot& snapshot, const EventData& data) {
  if (const auto* published = data.get_if<RulePublished>()) return check_rule(*published);
  const auto* policy = data.get_if<QuotaPolicySet>();
  return policy == nullptr ? Status() : check_policy(snapshot, *policy);
}

}  // namespace ledger
