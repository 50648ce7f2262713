#include "projections/client_card/queries.h"
#include "projections/obligations/portfolio.h"
#include "projections/quota_compliance/judge.h"

namespace ledger::quota_compliance {

Status Judge::read_responsibility() {
  if (responsibility_) return {};
  LEDGER_TRY(responsibility_,
             Responsibility::read(*snapshot_, from_, to_, asked_->known_at, asked_->zone));
  return {};
}

// Where nobody stands in for all of his clients, each may have been given to somebody by name or by
// segment: nobody is alarmed before one is found who was not.
Status Judge::add_stand_in(ManagerDay& result, Date day) {
  const ManagerId& manager = result.manager.manager_id;
  LEDGER_CHECK(read_responsibility());
  LEDGER_TRY(const auto answers,
             directory::responsible(
                 stand_ins_, manager, ClientId(), std::nullopt, day, asked_->known_at,
                 [&](const auto& who) { return responsibility_->is_absent(who, day); }));
  if (!answers.supervisor) {
    if (!answers.on_behalf_of.empty()) result.stand_in = answers.manager;
    return {};
  }
  LEDGER_TRY(const auto clients, obligations::clients_of(*snapshot_, {manager}, asked_->known_at));
  for (const auto& client : clients) {
    LEDGER_TRY(const auto card, client_card::card(*snapshot_, client, {day, asked_->known_at}));
    if (!card) continue;
    LEDGER_TRY(const auto who, responsibility_->of_client(*card, day, std::nullopt));
    result.no_stand_in = who.owner == manager && who.no_stand_in;
    if (result.no_stand_in) return {};
  }
  return {};
}

Result<std::set<std::string>> Judge::stood_in_for(const ManagerId& manager,
                                                  const std::vector<Item>& calls, Date day) {
  std::set<std::string> clients;
  for (const auto& call : calls) {
    if (call.verdict == Verdict::kCounted) clients.insert(call.client_id);
  }
  if (!clients.empty()) LEDGER_CHECK(read_responsibility());
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
