#include "projections/obligations/portfolio.h"

#include "projections/directory/one_client.h"
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

}  // namespace ledger::obligations
