#include "projections/acts/coverage.h"

#include <algorithm>
#include <set>

#include "projections/client_card/queries.h"
#include "projections/client_card/standing.h"
#include "projections/directory/queries.h"
#include "projections/directory/working_time.h"
#include "projections/receivables/queries.h"

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

// Who answers for a client on one day: the owner, or who stands in.
class Answering {
 public:
  static Result<Answering> read(const ViewSnapshot& snapshot, Date day, const AsOf& as_of,
                                const BusinessZone& zone) {
    LEDGER_TRY(auto time, directory::WorkingTime::read(snapshot, day, day, as_of.known_at));
    LEDGER_TRY(auto stand_ins, directory::stand_ins(snapshot));
    return Answering(snapshot, day, as_of, zone, std::move(time), std::move(stand_ins));
  }

  Result<std::optional<ManagerId>> for_client(const Card& card, const std::string& id) {
    const auto owner = client_card::owner_on(card.facts, day_);
    if (!owner) return std::nullopt;
    LEDGER_TRY(const auto answers,
               directory::responsible(
                   stand_ins_, *owner, ClientId(id), client_card::profile(card).segment, day_,
                   known_at_, [&](const ManagerId& manager) { return is_absent(manager); }));
    return answers.manager;
  }

 private:
  Answering(const ViewSnapshot& snapshot, Date day, const AsOf& as_of, const BusinessZone& zone,
            directory::WorkingTime time, directory::StandInsRow stand_ins)
      : snapshot_(&snapshot),
        day_(day),
        known_at_(as_of.known_at),
        zone_(&zone),
        time_(std::move(time)),
        stand_ins_(std::move(stand_ins)) {}

  Result<bool> is_absent(const ManagerId& id) {
    LEDGER_TRY(const auto manager, directory::manager(*snapshot_, id));
    if (!manager) return false;
    LEDGER_TRY(const auto day, time_.day(id, manager->hired_on, day_, std::nullopt, *zone_));
    return !day || (day->absence && day->worked == 0);
  }

  const ViewSnapshot* snapshot_;
  Date day_;
  std::optional<Timestamp> known_at_;
  const BusinessZone* zone_;
  directory::WorkingTime time_;
  directory::StandInsRow stand_ins_;
};

// The last working day from `first` to `last`; `last` where there is none.
Result<Date> last_working_day(const ViewSnapshot& snapshot, Date first, Date last,
                              const AsOf& as_of) {
  LEDGER_TRY(const auto calendar, directory::Calendar::read(snapshot, CalendarKind::kBusiness,
                                                            first, last, as_of.known_at));
  for (Date day = last; day >= first; day = add_days(day, -1)) {
    if (calendar.minutes(day) > 0) return day;
  }
  return last;
}

}  // namespace

Date answer_by(Date month) {
  return (month.year() / month.month() + std::chrono::months(1)) / kAnswerDay;
}

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
  LEDGER_TRY(const Date day, last_working_day(snapshot, first, end, as_of));
  LEDGER_TRY(auto answering, Answering::read(snapshot, day, as_of, zone));
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
    LEDGER_TRY(client->manager_id, answering.for_client(*card, id));
    found.push_back(*std::move(client));
  }
  return found;
}

}  // namespace ledger::acts
