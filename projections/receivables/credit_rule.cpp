#include "projections/receivables/credit_rule.h"

#include <algorithm>
#include <iterator>
#include <string_view>

#include "projections/directory/rule_versions.h"

namespace ledger::receivables {

namespace {

using directory::Reading;
using P = FollowUpParameters;

constexpr std::array<std::string_view, 5> kNames{"dunning", "promise_to_pay", "shipment_stop",
                                                 "dispute", "collection"};

const RulePublished* in_force(const PublishedRules& rules, std::string_view name,
                              const AsOf& as_of) {
  return directory::version_of(rules, name, as_of.day, as_of.known_at);
}

}  // namespace

Dunning dunning_rule(const PublishedRules& rules, const AsOf& as_of) {
  Dunning rule;
  const Reading dunning(rule, in_force(rules, "dunning", as_of));
  const std::array levels{&P::notice_days, &P::reminder_days, &P::letter_days, &P::claim_days,
                          &P::lawyer_days};
  for (std::size_t i = 0; i < levels.size(); ++i) dunning.take(rule.level_days[i], levels[i]);
  dunning.take(rule.suspending_promises, &P::suspending_promises);
  return rule;
}

PromiseRule promise_rule(const PublishedRules& rules, const AsOf& as_of) {
  PromiseRule rule;
  const Reading promises(rule, in_force(rules, "promise_to_pay", as_of));
  promises.take(rule.grace_working_days, &P::grace_working_days);
  return rule;
}

StopRule stop_rule(const PublishedRules& rules, const AsOf& as_of) {
  StopRule rule;
  const Reading stops(rule, in_force(rules, "shipment_stop", as_of));
  stops.take(rule.stop_days_past_due, &P::stop_days_past_due);
  stops.take(rule.stop_level, &P::stop_level);
  return rule;
}

DisputeRule dispute_rule(const PublishedRules& rules, const AsOf& as_of) {
  DisputeRule rule;
  const Reading disputes(rule, in_force(rules, "dispute", as_of));
  disputes.take(rule.dispute_days, &P::dispute_days);
  return rule;
}

CollectionRule collection_rule(const PublishedRules& rules, const AsOf& as_of) {
  CollectionRule rule;
  const Reading collection(rule, in_force(rules, "collection", as_of));
  collection.take(rule.action_days, &P::action_days);
  return rule;
}

PublishedRules credit_rules(const directory::PoliciesRow& policies) {
  PublishedRules rules;
  std::copy_if(policies.rules.begin(), policies.rules.end(), std::back_inserter(rules),
               [](const auto& said) {
                 return std::find(kNames.begin(), kNames.end(), said.data.rule) != kNames.end();
               });
  return rules;
}

}  // namespace ledger::receivables
