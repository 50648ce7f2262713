#include "projections/directory/queries.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "events/envelope.h"
#include "projections/directory/event_keys.h"
#include "projections/directory/hires.h"
#include "projections/directory/one_client.h"
#include "projections/directory/rules.h"
#include "projections/directory/time_rows.h"
#include "projections/directory/working_time.h"
#include "projections/store/view_batch.h"

namespace ledger::directory {

namespace {

const std::string& family() {
  static const std::string name = family_of(kName, kVersion);
  return name;
}

// Job description 3.1 and 3.2.
std::int64_t default_target(QuotaMetric metric) {
  switch (metric) {
    case QuotaMetric::kCalls:
      return 30;
    case QuotaMetric::kEmailOffers:
      return 50;
    case QuotaMetric::kPhoneOffers:
      return 20;
    case QuotaMetric::kNewClientContracts:
      return 4;
    case QuotaMetric::kDatabase:
    case QuotaMetric::kReport:
      return 1;
    case QuotaMetric::kReconciliations:
      return 100;
  }
  return 0;
}

Norm default_norm(QuotaMetric metric, const Rules& rules) {
  Norm norm;
  norm.target = default_target(metric);
  norm.min_talk_s = rules.calls.min_talk_s;
  norm.redial_s = rules.calls.redial_s;
  norm.count_unanswered = rules.calls.count_unanswered;
  norm.count_inbound = rules.calls.count_inbound;
  norm.distinct_clients = rules.mailed.distinct_clients;
  norm.mass_companies = rules.mailed.mass_companies;
  norm.marks = rules.mailed.marks;
  norm.verifying_talk_s = rules.phoned.verifying_talk_s;
  norm.count_unverified = rules.phoned.count_unverified;
  norm.separate_calls = rules.phoned.separate_calls;
  norm.count_stood_in = rules.stand_ins.count_stood_in;
  norm.part_day = rules.part_days.norm;
  return norm;
}

// Of the one rule by which a metric is counted.
struct InForce {
  std::string version;
  std::optional<Date> valid_from;
};
InForce in_force(QuotaMetric metric, const Rules& rules) {
  switch (metric) {
    case QuotaMetric::kCalls:
      return {rules.calls.version, rules.calls.valid_from};
    case QuotaMetric::kEmailOffers:
      return {rules.mailed.version, rules.mailed.valid_from};
    case QuotaMetric::kPhoneOffers:
      return {rules.phoned.version, rules.phoned.valid_from};
    case QuotaMetric::kNewClientContracts:
      return {rules.contracts.version, rules.contracts.valid_from};
    case QuotaMetric::kReport:
      return {rules.reports.version, rules.reports.valid_from};
    case QuotaMetric::kReconciliations:
      return {rules.reconciliations.version, rules.reconciliations.valid_from};
    case QuotaMetric::kDatabase:
      return {};
  }
  return {};
}

// Versions of other rules that somebody published and that decide of a metric too, each behind a
// comma.
std::string further_versions(QuotaMetric metric, const Rules& rules) {
  std::string versions;
  const auto add = [&](const auto& rule) {
    if (rule.valid_from) versions += ", " + rule.version;
  };
  const bool is_call = metric == QuotaMetric::kCalls;
  if (is_call && rules.phoned.separate_calls) add(rules.phoned);
  if (is_call) add(rules.stand_ins);
  if (is_call || metric == QuotaMetric::kEmailOffers || metric == QuotaMetric::kPhoneOffers) {
    add(rules.part_days);
  }
  return versions;
}

bool covers(const QuotaPolicySet& policy, QuotaMetric metric, const ManagerHired& manager,
            Date day) {
  if (policy.metric != metric || policy.effective_from > day) return false;
  switch (policy.scope) {
    case PolicyScope::kAll:
      return true;
    case PolicyScope::kDepartment:
      return policy.scope_id == manager.department;
    case PolicyScope::kManager:
      return policy.scope_id == manager.manager_id.text();
  }
  return false;
}

}  // namespace

Result<std::optional<std::string>> owner_of(const ViewSnapshot& snapshot, KeyKind kind,
                                            std::string_view value) {
  LEDGER_TRY(auto row, read_row<KeyRow>(snapshot, family(), key_of(kind, value)));
  if (!row) return std::nullopt;
  const bool of_managers = kind == KeyKind::kExtension || kind == KeyKind::kManagerEmail;
  if (of_managers && row->owners.size() != 1) return std::nullopt;
  return agreed_client(snapshot, row->owners);
}

Result<std::optional<ManagerHired>> manager(const ViewSnapshot& snapshot, const ManagerId& id) {
  LEDGER_TRY(auto row, read_row<ManagerRow>(snapshot, family(), id.text()));
  const auto* last = row ? last_hire(*row) : nullptr;
  if (last == nullptr) return std::nullopt;
  return *last;
}

Result<bool> is_supervisor(const ViewSnapshot& snapshot, const ManagerId& id, Date day) {
  LEDGER_TRY(const auto hired, manager(snapshot, id));
  if (!hired || !is_head(*hired)) return false;
  LEDGER_TRY(const auto row, leave(snapshot, id));
  return std::none_of(row.dismissals.begin(), row.dismissals.end(), [&](const auto& said) {
    return !said.known.taken_back && said.data.dismissed_on >= hired->hired_on &&
           said.data.dismissed_on < day;
  });
}

namespace {

std::optional<TaxCode> tax_code_of(const ClientKeysRow& keys) {
  std::optional<TaxCode> tax_code;
  for (const auto& given : keys.given) {
    if (given.tax_code) tax_code = given.tax_code;
  }
  return tax_code;
}

// The cards next to one: merged with it, or of its tax code.
Result<std::vector<std::string>> neighbours(const ViewSnapshot& snapshot,
                                            const std::string& client_id,
                                            const std::optional<Timestamp>& known_at) {
  std::vector<std::string> found;
  LEDGER_TRY(const auto merges, read_row<MergesRow>(snapshot, family(), client_id));
  if (merges) {
    for (const auto& said : merges->merges) {
      if (!said.known.at(known_at)) continue;
      found.push_back(said.data.client_id.text());
      found.push_back(said.data.absorbed_client_id.text());
    }
  }
  LEDGER_TRY(const auto keys, read_row<ClientKeysRow>(snapshot, family(), client_id));
  if (!keys) return found;
  const auto tax_code = tax_code_of(*keys);
  if (!tax_code) return found;
  LEDGER_TRY(const auto owners,
             read_row<KeyRow>(snapshot, family(), key_of(KeyKind::kTaxCode, tax_code->text())));
  if (owners) found.insert(found.end(), owners->owners.begin(), owners->owners.end());
  return found;
}

}  // namespace

Result<std::vector<std::string>> same_company(const ViewSnapshot& snapshot,
                                              const std::string& client_id,
                                              const std::optional<Timestamp>& known_at) {
  std::set<std::string> cards{client_id};
  std::vector<std::string> to_ask{client_id};
  while (!to_ask.empty()) {
    const std::string card = std::move(to_ask.back());
    to_ask.pop_back();
    LEDGER_TRY(const auto found, neighbours(snapshot, card, known_at));
    for (const auto& other : found) {
      if (cards.insert(other).second) to_ask.push_back(other);
    }
  }
  return std::vector<std::string>(cards.begin(), cards.end());
}

Result<std::optional<Date>> opened_on(const ViewSnapshot& snapshot, const std::string& card,
                                      const std::optional<Timestamp>& known_at) {
  std::optional<Date> first;
  LEDGER_TRY(const auto row, read_row<CardOpenedRow>(snapshot, family(), card));
  if (!row) return first;
  for (const auto& opened : row->opened) {
    if (opened.known.at(known_at) && (!first || opened.day < *first)) first = opened.day;
  }
  return first;
}

Result<bool> is_card_voided(const ViewSnapshot& snapshot, const std::string& card,
                            const std::optional<Timestamp>& known_at) {
  LEDGER_TRY(const auto row, read_row<CardOpenedRow>(snapshot, family(), card));
  if (!row) return false;
  bool told = false;
  for (const auto& opened : row->opened) {
    if (opened.known.at(known_at)) return false;
    told = told || !known_at || opened.known.recorded <= *known_at;
  }
  return told;
}

namespace {

// The keys of a card and its people that two clients seldom share, as far as they were told of at
// an instant.
Result<std::set<std::string>> own_keys(const ViewSnapshot& snapshot, const std::string& card,
                                       const std::optional<Timestamp>& known_at) {
  std::set<std::string> keys;
  LEDGER_TRY(const auto row, read_row<ClientKeysRow>(snapshot, family(), card));
  if (!row) return keys;
  std::set<std::string> switchboards;  // many firms answer behind one: it is nobody's own
  const auto add = [&](const std::vector<Key>& said) {
    for (const auto& [kind, value] : said) {
      const auto extension = kind == KeyKind::kPhone ? value.find(';') : std::string::npos;
      if (extension != std::string::npos) {
        switchboards.insert(key_of(kind, value.substr(0, extension)));
      }
      const bool seldom_shared =
          kind == KeyKind::kPhone || kind == KeyKind::kIban || kind == KeyKind::kDirector;
      if (seldom_shared) keys.insert(key_of(kind, value));
    }
  };
  for (const auto& given : row->given) {
    if (known_at && given.recorded > *known_at) continue;
    add(card_keys(given));
  }
  for (const auto& person : row->people) {
    if (!known_at || person.recorded <= *known_at) add(person_keys(person));
  }
  for (const auto& number : switchboards) keys.erase(number);
  return keys;
}

}  // namespace

Result<std::vector<Sharing>> sharing(const ViewSnapshot& snapshot, const std::string& card,
                                     const std::optional<Timestamp>& known_at) {
  std::map<std::string, std::set<std::string>> reasons;  // by card
  LEDGER_TRY(const auto keys, own_keys(snapshot, card, known_at));
  for (const auto& key : keys) {
    LEDGER_TRY(const auto row, read_row<KeyRow>(snapshot, family(), key));
    if (!row || !std::binary_search(row->owners.begin(), row->owners.end(), card)) continue;
    for (const auto& other : row->owners) {
      if (other == card) continue;
      LEDGER_TRY(const auto theirs, own_keys(snapshot, other, known_at));
      if (theirs.contains(key)) reasons[other].insert(key.substr(0, key.find('|')));
    }
  }
  std::vector<Sharing> found;
  found.reserve(reasons.size());
  for (const auto& [other, why] : reasons) found.push_back({other, {why.begin(), why.end()}});
  return found;
}

Result<bool> has_card(const ViewSnapshot& snapshot, const std::string& client_id) {
  LEDGER_TRY(const auto row, read_row<ClientKeysRow>(snapshot, family(), client_id));
  return row && !row->given.empty();
}

Result<std::vector<TaxCode>> tax_codes(const ViewSnapshot& snapshot, const std::string& client_id) {
  LEDGER_TRY(const auto client, one_client(snapshot, client_id, std::nullopt));
  std::set<TaxCode> codes;
  for (const auto& card : client.cards) {
    LEDGER_TRY(const auto row, read_row<ClientKeysRow>(snapshot, family(), card));
    if (!row) continue;
    if (auto code = tax_code_of(*row)) codes.insert(*std::move(code));
  }
  return std::vector<TaxCode>(codes.begin(), codes.end());
}

Result<PoliciesRow> policies(const ViewSnapshot& snapshot) {
  LEDGER_TRY(auto row, read_row<PoliciesRow>(snapshot, family(), ""));
  return std::move(row).value_or(PoliciesRow{});
}

bool has_policy(const PoliciesRow& policies, QuotaMetric metric, const ManagerHired& manager,
                const std::optional<Timestamp>& known_at) {
  return std::any_of(policies.policies.begin(), policies.policies.end(), [&](const auto& set) {
    return set.known.at(known_at) && covers(set.data, metric, manager, set.data.effective_from);
  });
}

Norm norm_of(const PoliciesRow& policies, QuotaMetric metric, const ManagerHired& manager, Date day,
             const std::optional<Timestamp>& known_at) {
  const PoliciesRow::Set* best = nullptr;
  const auto rank = [](const PoliciesRow::Set& set) {
    return std::tuple(set.data.scope, set.data.effective_from, set.position);
  };
  for (const auto& set : policies.policies) {
    if (!set.known.at(known_at) || !covers(set.data, metric, manager, day)) continue;
    if (best == nullptr || rank(*best) < rank(set)) best = &set;
  }
  const Rules rules = rules_of(policies, day, known_at);
  const InForce rule = in_force(metric, rules);
  Norm norm = default_norm(metric, rules);
  norm.rule_version = rule.version + further_versions(metric, rules);
  if (best == nullptr) return norm;
  const QuotaPolicySet& policy = best->data;
  norm.target = policy.target;
  norm.policy_id = policy.policy_id.text();
  norm.uncount_on_hard_bounce = policy.uncount_on_hard_bounce.value_or(norm.uncount_on_hard_bounce);
  // Both speak of the whole house: how to count is what was decided for later days.
  const bool outdated = policy.scope == PolicyScope::kAll && rule.valid_from &&
                        *rule.valid_from > policy.effective_from;
  if (outdated) return norm;
  norm.min_talk_s = policy.min_talk_s.value_or(norm.min_talk_s);
  norm.count_unanswered = policy.count_unanswered.value_or(norm.count_unanswered);
  norm.count_inbound = policy.count_inbound.value_or(norm.count_inbound);
  norm.count_unverified = policy.count_unverified.value_or(norm.count_unverified);
  norm.redial_s = policy.redial_s.value_or(norm.redial_s);
  norm.distinct_clients = policy.distinct_clients.value_or(norm.distinct_clients);
  return norm;
}

}  // namespace ledger::directory
