#include "projections/obligations/portfolio.h"

#include "projections/client_card/standing.h"
#include "projections/directory/queries.h"
#include "projections/obligations/rows.h"
#include "projections/receivables/queries.h"
#include "projections/store/view_batch.h"

namespace ledger::obligations {

namespace {

const std::string& family() {
  static const std::string name = family_of(kName, kVersion);
  return name;
}

// The client that a card belongs to, and those to whom something of it was split off.
Status add_clients(std::set<std::string>& found, const ViewSnapshot& snapshot,
                   const std::string& card, const std::optional<Timestamp>& known_at) {
  LEDGER_TRY(const auto client, directory::one_client(snapshot, card, known_at));
  found.insert(client.survivor);
  for (const auto& split : client.splits) {
    LEDGER_TRY(auto other,
               directory::survivor_of(snapshot, split.data.new_client_id.text(), known_at));
    found.insert(std::move(other));
  }
  return {};
}

}  // namespace

Result<Responsibility> Responsibility::read(const ViewSnapshot& snapshot, Date from, Date to,
                                            const std::optional<Timestamp>& known_at,
                                            const BusinessZone& zone) {
  LEDGER_TRY(auto time, directory::WorkingTime::read(snapshot, from, to, known_at));
  LEDGER_TRY(auto stand_ins, directory::stand_ins(snapshot));
  return Responsibility(snapshot, std::move(time), std::move(stand_ins), known_at, zone);
}

// Away for the whole day, or not employed any more.
Result<bool> Responsibility::is_absent(const ManagerId& manager, Date day) {
  LEDGER_TRY(const auto hired, directory::manager(*snapshot_, manager));
  if (!hired) return false;
  LEDGER_TRY(const auto time, time_.day(manager, hired->hired_on, day, std::nullopt, *zone_));
  return !time || (time->absence && time->worked == 0);
}

Result<Answering> Responsibility::of_client(const client_card::Card& card, Date day,
                                            const std::optional<ManagerId>& otherwise) {
  const auto owner = client_card::owner_on(card.facts, day);
  const auto& first = owner ? owner : otherwise;
  if (!first) return Answering{};
  LEDGER_TRY(auto answering, of_person(card, day, *first));
  answering.owner = owner;
  return answering;
}

Result<Answering> Responsibility::of_person(const client_card::Card& card, Date day,
                                            const ManagerId& person) {
  LEDGER_TRY(auto found,
             directory::responsible(stand_ins_, person, card.details.client_id,
                                    client_card::profile(card).segment, day, known_at_,
                                    [&](const ManagerId& id) { return is_absent(id, day); }));
  return Answering{client_card::owner_on(card.facts, day), std::move(found.manager),
                   std::move(found.on_behalf_of), found.supervisor};
}

Result<Answering> Responsibility::of_himself(const ManagerId& manager, Date day) {
  Answering answering;
  answering.manager = manager;
  LEDGER_TRY(answering.supervisor, is_absent(manager, day));
  return answering;
}

std::set<ManagerId> Responsibility::stands_for(const ManagerId& manager, Date from, Date to) const {
  std::set<ManagerId> found{manager};
  std::vector<ManagerId> to_ask{manager};
  while (!to_ask.empty()) {
    const ManagerId who = std::move(to_ask.back());
    to_ask.pop_back();
    for (const auto& said : stand_ins_.appointed) {
      const auto& data = said.data;
      const bool holds = said.known.at(known_at_) && data.from <= to && from <= data.to;
      if (!holds || data.stand_in_id != who) continue;
      if (found.insert(data.absent_manager_id).second) to_ask.push_back(data.absent_manager_id);
    }
  }
  return found;
}

Result<std::set<std::string>> clients_of(const ViewSnapshot& snapshot,
                                         const std::set<ManagerId>& managers,
                                         const std::optional<Timestamp>& known_at) {
  std::set<std::string> cards;
  for (const auto& manager : managers) {
    const std::string prefix = clients_key(manager.text());
    LEDGER_CHECK(scan_rows<IndexRow>(snapshot, family(), prefix, prefix,
                                     [&](std::string_view key, const IndexRow&) {
                                       cards.emplace(key.substr(prefix.size()));
                                       return true;
                                     }));
  }
  std::set<std::string> found;
  for (const auto& card : cards) LEDGER_CHECK(add_clients(found, snapshot, card, known_at));
  return found;
}

Result<std::set<std::string>> all_clients(const ViewSnapshot& snapshot,
                                          const std::optional<Timestamp>& known_at) {
  LEDGER_TRY(auto cards, receivables::clients(snapshot, known_at));
  LEDGER_CHECK(client_card::scan_cards(snapshot, "", [&](std::string_view id, const auto&) {
    cards.emplace(id);
    return true;
  }));
  LEDGER_CHECK(
      scan_rows<ClientRow>(snapshot, family(), "", "", [&](std::string_view id, const ClientRow&) {
        cards.emplace(id);
        return true;
      }));
  std::set<std::string> found;
  for (const auto& card : cards) LEDGER_CHECK(add_clients(found, snapshot, card, known_at));
  return found;
}

int working_days(const directory::Calendar& calendar, Date from, Date to) {
  int count = 0;
  for (Date day = add_days(from, 1); day <= to; day = add_days(day, 1)) {
    if (calendar.minutes(day) > 0) ++count;
  }
  return count;
}

Date last_working_day(const directory::Calendar& calendar, Date day) {
  constexpr int kLookBack = 31;
  for (int back = 0; back < kLookBack; ++back) {
    if (calendar.minutes(add_days(day, -back)) > 0) return add_days(day, -back);
  }
  return day;
}

}  // namespace ledger::obligations
