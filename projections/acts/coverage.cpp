#include "projections/acts/coverage.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "platform/calendar_month.h"
#include "projections/client_card/queries.h"
#include "projections/directory/queries.h"
#include "projections/receivables/queries.h"
#include "projections/reports/queries.h"
#include "projections/responsibility/responsibility.h"
#include "projections/store/kept.h"

namespace ledger::acts {

namespace {

using client_card::Card;

bool is_live(const client_card::DealingsRow& dealings, const ContractSigned& contract, Date first,
             Date last) {
  const auto kind = contract.kind.value_or(ContractKind::kContract);
  if (kind != ContractKind::kContract && kind != ContractKind::kProlongation) return false;
  if (contract.signed_on > last || (contract.valid_to && *contract.valid_to < first)) return false;
  return std::none_of(dealings.terminated.begin(), dealings.terminated.end(), [&](const auto& end) {
    return end.data.contract_id == contract.contract_id && end.data.terminated_on < first;
  });
}

// What asks for a reconciliation, and in which currencies something is owed or moved.
struct Wanted {
  std::vector<Need> needs;
  std::set<Currency> currencies;
};

Result<Wanted> wanted_of(const ViewSnapshot& snapshot, const Card& card, Date first,
                         const AsOf& as_of) {
  LEDGER_TRY(const auto account, receivables::account_of(snapshot, card.client));
  LEDGER_TRY(const auto settled, receivables::settle(account, as_of));
  Wanted wanted;
  for (const auto& [currency, balance] : settled.balances_minor) {
    if (balance != 0) wanted.currencies.insert(currency);
  }
  if (!wanted.currencies.empty()) wanted.needs.push_back(Need::kBalance);
  bool moved = false;
  for (const auto& posting : settled.postings) {
    if (posting.on < first || posting.balance_minor == 0) continue;
    moved = true;
    wanted.currencies.insert(posting.currency);
  }
  if (moved) wanted.needs.push_back(Need::kTurnover);
  const auto& contracts = card.dealings.contracts;
  if (std::any_of(contracts.begin(), contracts.end(), [&](const auto& told) {
        return is_live(card.dealings, told.data, first, as_of.day);
      })) {
    wanted.needs.push_back(Need::kContract);
  }
  return wanted;
}

// The issue that was to be answered by a day: the last one that was made by then. One that is made
// later corrects the act, and undoes nothing that was in time.
const Told<ReconciliationDrafted>& issue_by(const Standing& act, Date by) {
  const Told<ReconciliationDrafted>* issue = nullptr;
  for (const auto& draft : act.drafted) {
    if (draft.day <= by) issue = &draft;
  }
  return issue != nullptr ? *issue : act.issue();
}

// Each currency by the best of its acts, the client by the worst of these. Where nothing is owed or
// moved, any act will do.
void judge(ClientMonth& client, const std::set<Currency>& currencies, Date month,
           const Rule& rule) {
  const auto best = [&](const Currency* currency) {
    Coverage found = Coverage::kNone;
    for (const auto& act : client.acts) {
      if (currency != nullptr && act.issue().data.closing.currency != *currency) continue;
      found = std::max(found, coverage_of(act, month, rule));
    }
    return found;
  };
  for (const auto& currency : currencies) client.by_currency[currency.text()] = best(&currency);
  client.coverage = best(nullptr);
  for (const auto& [currency, coverage] : client.by_currency) {
    client.coverage = std::min(client.coverage, coverage);
  }
}

Result<std::set<std::string>> all_clients(const ViewSnapshot& snapshot, const AsOf& as_of) {
  std::set<std::string> cards;
  LEDGER_CHECK(client_card::scan_cards(snapshot, "", [&](std::string_view id, const auto&) {
    cards.emplace(id);
    return true;
  }));
  LEDGER_TRY(auto clients, receivables::clients(snapshot, as_of.known_at));
  for (const auto& id : cards) {
    LEDGER_TRY(auto survivor, directory::survivor_of(snapshot, id, as_of.known_at));
    clients.insert(std::move(survivor));
  }
  return clients;
}

// What the month of a client is kept under: what is asked of a past knowledge is not asked twice.
std::string key_of(Date month, const AsOf& as_of, const std::string& id) {
  if (as_of.known_at) return {};
  return format_month(month) + ' ' + format_date(as_of.day) + ' ' + id;
}

}  // namespace

Result<Rule> rule_of(const ViewSnapshot& snapshot, Date month, const std::optional<ManagerId>& who,
                     const std::optional<Timestamp>& known_at) {
  LEDGER_TRY(const auto policies, directory::policies(snapshot));
  const bool published =
      std::any_of(policies.rules.begin(), policies.rules.end(),
                  [](const auto& said) { return said.data.rule == "reconciliation"; });
  if (!published) return Rule();
  std::optional<Timestamp> judged_by = known_at;
  if (who) {
    LEDGER_TRY(judged_by, reports::judged_by(snapshot, *who, month, known_at));
  }
  return directory::rules_of(policies, last_of_month(month), judged_by).reconciliations;
}

Date answer_by(Date month, const Rule& rule) {
  return add_days(month_start(month, 1), static_cast<int>(rule.answer_day) - 1);
}

Coverage coverage_of(const Standing& act, Date month, const Rule& rule) {
  const Date by = answer_by(month, rule);
  const auto& issue = issue_by(act, by);
  const auto answers = [&](const auto& step) {
    return std::tie(issue.time, issue.position) < std::tie(step.time, step.position);
  };
  const auto any = [&](const auto& steps, auto&& in_time) {
    return std::any_of(steps.begin(), steps.end(),
                       [&](const auto& step) { return answers(step) && in_time(step); });
  };
  const auto ever = [](const auto&) { return true; };
  const bool agreed =
      any(act.confirmed, [&](const auto& step) { return step.data.confirmed_on <= by; }) ||
      any(act.signed_by_both, [&](const auto& step) { return step.data.signed_on <= by; });
  if (agreed) return act.state() == State::kDisagreed ? Coverage::kDisagreed : Coverage::kDone;
  if (any(act.disagreed, [&](const auto& step) { return step.day <= by; })) {
    return Coverage::kDisagreed;
  }
  if (rule.sent_is_enough && any(act.sent, ever)) {
    const bool in_time = any(act.sent, [&](const auto& step) { return step.data.sent_on <= by; });
    return in_time ? Coverage::kDone : Coverage::kLate;
  }
  if (any(act.confirmed, ever) || any(act.signed_by_both, ever) || any(act.disagreed, ever)) {
    return Coverage::kLate;
  }
  return any(act.sent, ever) ? Coverage::kSent : Coverage::kNone;
}

Result<std::optional<ClientMonth>> client_month(const ViewSnapshot& snapshot, const Card& card,
                                                Date month, const AsOf& as_of, const Rule& rule) {
  const Date first = first_of_month(month);
  const Date last = last_of_month(month);
  const AsOf at_end{std::min(last, as_of.day), as_of.known_at};
  ClientMonth client;
  client.client_id = card.client.survivor;
  client.rule = rule;
  LEDGER_TRY(auto wanted, wanted_of(snapshot, card, first, at_end));
  client.needs = std::move(wanted.needs);
  LEDGER_TRY(client.acts, acts_of(snapshot, card.client.cards, first, last, as_of));
  if (client.needs.empty() && client.acts.empty()) return std::nullopt;
  client.name = card.details.name.value_or(client.client_id);
  judge(client, wanted.currencies, first, rule);
  return client;
}

Result<std::vector<ClientMonth>> coverage(const ViewSnapshot& snapshot, Date month,
                                          const AsOf& as_of, const BusinessZone& zone) {
  const Date first = first_of_month(month);
  const Date end = std::clamp(as_of.day, first, last_of_month(month));
  const SharedReads shared(snapshot);
  LEDGER_TRY(auto responsibility,
             Responsibility::read(shared.snapshot(), first, end, as_of.known_at, zone));
  const Date day = std::max(first, last_working_day(responsibility.calendar(), end));
  LEDGER_TRY(const auto clients, all_clients(snapshot, as_of));
  std::map<std::optional<ManagerId>, Rule> rules;
  const auto rule_for = [&](const std::optional<ManagerId>& who) -> Result<Rule> {
    const auto known = rules.find(who);
    if (known != rules.end()) return known->second;
    LEDGER_TRY(auto read, rule_of(shared.snapshot(), month, who, as_of.known_at));
    return rules.emplace(who, std::move(read)).first->second;
  };
  const auto month_of = [&](const ViewSnapshot& of,
                            const std::string& id) -> Result<std::optional<ClientMonth>> {
    LEDGER_TRY(auto card, client_card::card(of, id, as_of));
    if (!card) {
      card.emplace();
      LEDGER_TRY(card->client, directory::one_client(of, id, as_of.known_at));
    }
    LEDGER_TRY(const auto answering, responsibility.of_client(*card, day, std::nullopt));
    LEDGER_TRY(const auto rule, rule_for(answering.manager));
    LEDGER_TRY(auto client, client_month(of, *card, month, as_of, rule));
    if (client) client->manager_id = answering.manager;
    return client;
  };
  std::vector<ClientMonth> found;
  for (const auto& id : clients) {
    LEDGER_TRY(const auto client,
               kept<std::optional<ClientMonth>>(
                   snapshot, "acts of a client's month", key_of(first, as_of, id),
                   [&](const ViewSnapshot& of) { return month_of(of, id); }, &shared));
    if (*client) found.push_back(**client);
  }
  return found;
}

}  // namespace ledger::acts
