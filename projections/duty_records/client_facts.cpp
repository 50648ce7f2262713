#include "projections/duty_records/client_facts.h"

#include <map>
#include <optional>
#include <set>
#include <string>

#include "events/types/payment.h"
#include "projections/client_card/queries.h"
#include "projections/client_card/standing.h"
#include "projections/receivables/queries.h"
#include "projections/receivables/turnover.h"

namespace ledger::duty_records {

namespace {

// The types of which a table goes by what the client's card says.
std::set<std::string_view> types_by_card(std::span<const duties::Breakdown> breakdowns) {
  std::set<std::string_view> types;
  for (const auto& breakdown : breakdowns) {
    for (const auto name : breakdown.key) {
      if (name == "client_segment" || name == "owner_id") types.insert(breakdown.event);
    }
  }
  return types;
}

struct ClientFacts {
  std::optional<client_card::Card> card;
  std::set<Position> no_payments;
};

Result<ClientFacts> read_client(const ViewSnapshot& snapshot, const AsOf& as_of,
                                const std::string& id, bool with_account) {
  ClientFacts facts;
  LEDGER_TRY(facts.card, client_card::card(snapshot, id, as_of));
  if (!with_account || !facts.card) return facts;
  LEDGER_TRY(const auto account, receivables::account_of(snapshot, facts.card->client));
  facts.no_payments = receivables::no_payments(account, as_of);
  return facts;
}

}  // namespace

Status add_client_facts(const ViewSnapshot& snapshot, const AsOf& as_of,
                        std::span<const duties::Breakdown> breakdowns, std::span<Entry> entries) {
  const auto types = types_by_card(breakdowns);
  const bool with_accounts = types.contains(PaymentReceived::kName);
  std::map<std::string, ClientFacts> clients;
  for (auto& entry : entries) {
    if (entry.client_id.empty() || !types.contains(entry.type)) continue;
    auto [client, is_new] = clients.try_emplace(entry.client_id);
    if (is_new) {
      LEDGER_TRY(client->second, read_client(snapshot, as_of, entry.client_id, with_accounts));
    }
    const auto& facts = client->second;
    if (!facts.card) continue;
    const auto segment = client_card::profile(*facts.card).segment;
    if (segment) entry.client_segment = name_of(*segment);
    if (const auto owner = client_card::owner_on(facts.card->facts, entry.day)) {
      entry.owner_id = owner->text();
    }
    entry.is_no_payment = facts.no_payments.contains(entry.position);
  }
  return {};
}

}  // namespace ledger::duty_records
