#include "projections/directory/holders.h"

#include <algorithm>
#include <set>

namespace ledger::directory {

namespace {

bool names(const Split& split, const Fact& fact) {
  if (std::binary_search(split.events.begin(), split.events.end(), fact.position)) return true;
  const auto& contracts = split.data.contract_ids;
  return !fact.contract_id.empty() &&
         std::any_of(contracts.begin(), contracts.end(),
                     [&](const ContractId& id) { return id.text() == fact.contract_id; });
}

}  // namespace

Result<const OneClient*> Holders::client_of(const std::string& card) {
  auto known = clients_.find(card);
  if (known == clients_.end()) {
    LEDGER_TRY(auto client, one_client(*snapshot_, card, known_at_));
    known = clients_.emplace(card, std::move(client)).first;
  }
  return &known->second;
}

Result<std::string> Holders::holder_of(const Fact& fact) {
  std::set<std::string> asked;
  std::string holder(fact.card);
  // A card knows to whom it gave a fact, and who got it knows to whom it went on from there.
  while (asked.insert(holder).second) {
    LEDGER_TRY(const auto* client, client_of(holder));
    holder = client->holder(fact.card, [&](const Split& split) { return names(split, fact); });
    if (holder == client->survivor) break;
  }
  return holder;
}

}  // namespace ledger::directory
