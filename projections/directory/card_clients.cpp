#include "projections/directory/card_clients.h"

#include "projections/directory/one_client.h"
#include "projections/store/kept.h"

namespace ledger::directory {

namespace {

using Clients = std::vector<std::string>;

Result<Clients> clients_of(const ViewSnapshot& snapshot, const std::string& card,
                           const std::optional<Timestamp>& known_at) {
  LEDGER_TRY(const auto client, one_client(snapshot, card, known_at));
  Clients found{client.survivor};
  for (const auto& split : client.splits) {
    LEDGER_TRY(auto other, survivor_of(snapshot, split.data.new_client_id.text(), known_at));
    found.push_back(std::move(other));
  }
  return found;
}

}  // namespace

Status add_clients_of_card(std::set<std::string>& found, const ViewSnapshot& snapshot,
                           const std::string& card, const std::optional<Timestamp>& known_at) {
  const auto read = [&](const ViewSnapshot& noted) { return clients_of(noted, card, known_at); };
  LEDGER_TRY(const auto clients,
             kept<Clients>(snapshot, "clients of a card", known_at ? "" : card, read));
  found.insert(clients->begin(), clients->end());
  return {};
}

}  // namespace ledger::directory
