#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "events/types/follow_up_parameters.h"
#include "projections/directory/rows.h"
#include "projections/receivables/rows.h"

namespace ledger::receivables {

// The figures by which debts are followed up (domain-semantics.md 4b; what is ours in it is decided
// by versioned rules, schemas/decisions/0016). The values are the defaults, with their versions.
struct Dunning {
  std::string version = "dunning.v1";
  std::optional<Date> valid_from = {};
  // Days past due at which each level is due: notice, reminder, letter, claim, lawyer.
  std::array<std::int64_t, kDunningDays.size()> level_days = kDunningDays;
  std::int64_t suspending_promises = 2;  // of an item: later ones suspend nothing
};
struct PromiseRule {
  std::string version = "promise_to_pay.v1";
  std::optional<Date> valid_from = {};
  std::int64_t grace_working_days = 2;  // a promise is kept until then
};
struct StopRule {
  std::string version = "shipment_stop.v1";
  std::optional<Date> valid_from = {};
  std::int64_t stop_days_past_due = 30;  // with the claim
  std::int64_t stop_level = 3;           // of what was sent
};
struct DisputeRule {
  std::string version = "dispute.v1";
  std::optional<Date> valid_from = {};
  std::int64_t dispute_days = 30;  // of one that says no end
};
struct CollectionRule {
  std::string version = "collection.v1";
  std::optional<Date> valid_from = {};
  std::int64_t action_days = 7;  // job description 3.1; domain-semantics.md 1.4, row 62
};

// In force on a day, by a knowledge. Those of an account are what account_of() read with it.
using PublishedRules = std::vector<Said<RulePublished>>;
[[nodiscard]] Dunning dunning_rule(const PublishedRules& rules, const AsOf& as_of);
[[nodiscard]] PromiseRule promise_rule(const PublishedRules& rules, const AsOf& as_of);
[[nodiscard]] StopRule stop_rule(const PublishedRules& rules, const AsOf& as_of);
[[nodiscard]] DisputeRule dispute_rule(const PublishedRules& rules, const AsOf& as_of);
[[nodiscard]] CollectionRule collection_rule(const PublishedRules& rules, const AsOf& as_of);

// Of all that were published, those above.
[[nodiscard]] PublishedRules credit_rules(const directory::PoliciesRow& policies);

}  // namespace ledger::receivables
