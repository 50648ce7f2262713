#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "events/fields.h"
#include "events/ids.h"
#include "platform/clock.h"

namespace ledger {

enum class QuotaMetric {
  kCalls,
  kEmailOffers,
  kPhoneOffers,
  kNewClientContracts,
  kDatabase,         // changes of the client base a day
  kReconciliations,  // per cent of the clients due in a month
  kReport,           // one a month
};
constexpr auto names(QuotaMetric) {
  return words("calls", "email_offers", "phone_offers", "new_client_contracts", "database",
               "reconciliations", "report");
}

enum class PolicyScope { kAll, kDepartment, kManager };
constexpr auto names(PolicyScope) { return words("all", "department", "manager"); }

// A norm and how to count for it, from a day on; the latest of the narrowest scope wins.
// Absent parameters keep the defaults of the job description (domain.md 3).
struct QuotaPolicySet {
  static constexpr std::string_view kName = "quota_policy.set";
  static constexpr int kVersion = 1;

  PolicyId policy_id;
  QuotaMetric metric = QuotaMetric::kCalls;
  PolicyScope scope = PolicyScope::kAll;
  std::optional<std::string> scope_id;  // the department or the manager
  Date effective_from;
  std::int64_t target = 0;  // per day; per month for new_client_contracts
  std::optional<std::int64_t> min_talk_s;
  std::optional<bool> count_unanswered;
  std::optional<bool> count_inbound;
  std::optional<bool> count_unverified;
  std::optional<std::int64_t> redial_s = {};
  std::optional<bool> uncount_on_hard_bounce = {};
  std::optional<bool> distinct_clients = {};

  static void fields(auto&& field) {
    field("policy_id", &QuotaPolicySet::policy_id);
    field("metric", &QuotaPolicySet::metric);
    field("scope", &QuotaPolicySet::scope);
    field("scope_id", &QuotaPolicySet::scope_id);
    field("effective_from", &QuotaPolicySet::effective_from);
    field("target", &QuotaPolicySet::target);
    field("min_talk_s", &QuotaPolicySet::min_talk_s);
    field("count_unanswered", &QuotaPolicySet::count_unanswered);
    field("count_inbound", &QuotaPolicySet::count_inbound);
    field("count_unverified", &QuotaPolicySet::count_unverified);
    field("redial_s", &QuotaPolicySet::redial_s);
    field("uncount_on_hard_bounce", &QuotaPolicySet::uncount_on_hard_bounce);
    field("distinct_clients", &QuotaPolicySet::distinct_clients);
  }
  [[nodiscard]] Status validate() const {
    if (target < 0) return fail(ErrorCode::kOutOfRange, "a norm is not negative", "target");
    if (min_talk_s && *min_talk_s < 0) {
      return fail(ErrorCode::kOutOfRange, "a duration is not negative", "min_talk_s");
    }
    if (redial_s && *redial_s < 0) {
      return fail(ErrorCode::kOutOfRange, "a duration is not negative", "redial_s");
    }
    if ((scope == PolicyScope::kAll) != !scope_id.has_value()) {
      return fail(ErrorCode::kInvalidField,
                  "scope_id names the department or manager, and is absent for scope 'all'",
                  "scope_id");
    }
    return {};
  }
  bool operator==(const QuotaPolicySet&) const = default;
};

}  // namespace ledger
