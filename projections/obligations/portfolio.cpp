#include "projections/obligations/portfolio.h"

#include "projections/client_card/rows.h"
#include "projections/directory/card_clients.h"
#include "projections/obligations/rows.h"
#include "projections/receivables/queries.h"
#include "projections/store/view_batch.h"

namespace ledger::obligations {

namespace {

const std::string& family() {
  static const std::string name = family_of(kName, kVersion);
  return name;
}

// The keys of a table of cards; what its rows say is not read.
template <class Row>
Status add_cards(std::set<std::string>& cards, const ViewSnapshot& snapshot,
                 const std::string& of_family) {
  const std::string table(1, Row::kTable);
  return snapshot.scan(of_family, table, table, [&](std::string_view key, std::string_view) {
    cards.emplace(key.substr(table.size()));
    return true;
  });
}

Result<std::set<std::string>> clients_of_cards(const ViewSnapshot& snapshot,
                                               const std::set<std::string>& cards,
                                               const std::optional<Timestamp>& known_at) {
  std::set<std::string> found;
  for (const auto& card : cards) {
    LEDGER_CHECK(directory::add_clients_of_card(found, snapshot, card, known_at));
  }
  return found;
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
  return clients_of_cards(snapshot, cards, known_at);
}

Result<std::set<std::string>> all_clients(const ViewSnapshot& snapshot,
                                          const std::optional<Timestamp>& known_at) {
  LEDGER_TRY(auto cards, receivables::clients(snapshot, known_at));
  LEDGER_CHECK(add_cards<client_card::CardRow>(
      cards, snapshot, family_of(client_card::kName, client_card::kVersion)));
  LEDGER_CHECK(add_cards<ClientRow>(cards, snapshot, family()));
  return clients_of_cards(snapshot, cards, known_at);
}

}  // namespace ledger::obligations
