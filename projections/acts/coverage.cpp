#include "projections/acts/coverage.h"

#include <algorithm>
#include <set>

#include "platform/calendar_month.h"
#include "projections/client_card/queries.h"
#include "projections/directory/queries.h"
#include "projections/receivables/queries.h"
#include "projections/responsibility/responsibility.h"

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

Result<std::vector<Need>> needs_of(const ViewSnapshot& snapshot, const Card& card, Date first,
                                   const AsOf& as_of) {
  LEDGER_TRY(const auto account, receivables::account_of(snapshot, card.client));
  LEDGER_TRY(const auto settled, receivables::settle(account, as_of));
  std::vector<Need> needs;
  const auto& balances = settled.balances_minor;
  if (std::any_of(balances.begin(), balances.end(),
                  [](const auto& one) { return one.second != 0; })) {
    needs.push_back(Need::kBalance);
  }
  const auto& postings = settled.postings;
  if (std::any_of(postings.begin(), postings.end(), [&](const auto& posting) {
        return posting.on >= first && posting.balance_minor != 0;
      })) {
    needs.push_back(Need::kTurnover);
  }
  const auto& contracts = card.dealings.contracts;
  if (std::any_of(contracts.begin(), contracts.end(), [&](const auto& told) {
        return is_live(card.dealings, told.data, first, as_of.day);
      })) {
    needs.push_back(Need::kContract);
  }
  return needs;
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

}  // namespace

Date answer_by(Date month) { return add_days(month_start(month, 1), kAnswerDay - 1); }

Coverage coverage_of(const Standing& act, Date month) {
  const Date by = answer_by(month);
  const auto agreed_by = [&](Date latest) {
    return std::any_of(act.confirmed.begin(), act.confirmed.end(),
                       [&](const auto& step) { return step.data.confirmed_on <= latest; }) ||
           std::any_of(act.signed_by_both.begin(), act.signed_by_both.end(),
                       [&](const auto& step) { return step.data.signed_on <= latest; });
  };
  const bool differed = std::any_of(act.disagreed.begin(), act.disagreed.end(),
                                    [&](const auto& step) { return step.day <= by; });
  const State state = act.state();
  if (agreed_by(by)) return state == State::kDisagreed ? Coverage::kDisagreed : Coverage::kDone;
  if (differed) return Coverage::kDisagreed;
  if (!act.confirmed.empty() || !act.signed_by_both.empty() || !act.disagreed.empty()) {
    return Coverage::kLate;
  }
  return act.sent.empty() ? Coverage::kNone : Coverage::kSent;
}

Result<std::optional<ClientMonth>> client_month(const ViewSnapshot& snapshot, const Card& card,
                                                Date month, const AsOf& as_of) {
  const Date first = first_of_month(month);
  const Date last = last_of_month(month);
  const AsOf at_end{std::min(last, as_of.day), as_of.known_at};
  ClientMonth client;
  client.client_id = card.client.survivor;
  LEDGER_TRY(client.needs, needs_of(snapshot, card, first, at_end));
  LEDGER_TRY(client.acts, acts_of(snapshot, card.client.cards, first, last, as_of));
  if (client.needs.empty() && client.acts.empty()) return std::nullopt;
  client.name = card.details.name.value_or(client.client_id);
  for (const auto& act : client.acts) {
    client.coverage = std::max(client.coverage, coverage_of(act, first));
  }
  return client;
}

Result<std::vector<ClientMonth>> coverage(const ViewSnapshot& snapshot, Date month,
                                          const AsOf& as_of, const BusinessZone& zone) {
  const Date first = first_of_month(month);
  const Date end = std::clamp(as_of.day, first, last_of_month(month));
  LEDGER_TRY(auto responsibility, Responsibility::read(snapshot, first, end, as_of.known_at, zone));
  const Date day = std::max(first, last_working_day(responsibility.calendar(), end));
  LEDGER_TRY(const auto clients, all_clients(snapshot, as_of));
  std::vector<ClientMonth> found;
  for (const auto& id : clients) {
    LEDGER_TRY(auto card, client_card::card(snapshot, id, as_of));
    if (!card) {
      card.emplace();
      LEDGER_TRY(card->client, directory::one_client(snapshot, id, as_of.known_at));
    }
    LEDGER_TRY(auto client, client_month(snapshot, *card, month, as_of));
    if (!client) continue;
    LEDGER_TRY(const auto answering, responsibility.of_client(*card, day, std::nullopt));
    client->manager_id = answering.manager;
    found.push_back(*std::move(client));
  }
  return found;
}

}  // namespace ledger::acts
