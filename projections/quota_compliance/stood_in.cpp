#include "projections/client_card/queries.h"
#include "projections/quota_compliance/judge.h"

namespace ledger::quota_compliance {

Result<std::set<std::string>> Judge::stood_in_for(const ManagerId& manager,
                                                  const std::vector<Item>& calls, Date day) {
  std::set<std::string> clients;
  for (const auto& call : calls) {
    if (call.verdict == Verdict::kCounted) clients.insert(call.client_id);
  }
  if (!clients.empty() && !responsibility_) {
    LEDGER_TRY(responsibility_,
               Responsibility::read(*snapshot_, from_, to_, asked_->known_at, asked_->zone));
  }
  std::set<std::string> found;
  for (const auto& client : clients) {
    LEDGER_TRY(const auto card, client_card::card(*snapshot_, client, {day, asked_->known_at}));
    if (!card) continue;
    LEDGER_TRY(const auto who, responsibility_->of_client(*card, day, std::nullopt));
    if (who.manager == manager && !who.on_behalf_of.empty()) found.insert(client);
  }
  return found;
}

}  // namespace ledger::quota_compliance
