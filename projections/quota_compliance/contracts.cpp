#include <algorithm>
#include <set>
#include <tuple>

#include "platform/calendar_month.h"
#include "projections/directory/holders.h"
#include "projections/quota_compliance/month_rows.h"
#include "projections/quota_compliance/queries.h"
#include "projections/store/view_batch.h"

namespace ledger::quota_compliance {

namespace {

constexpr int kReturnedMonths = 36;

const std::string& family() {
  static const std::string name = family_of(kName, kVersion);
  return name;
}

using directory::Holders;

directory::Fact fact_of(std::string_view home, const Signed& contract) {
  return {home, contract.position, contract.contract_id};
}

// The last contract signed before this one with the same company, on any of its cards, or on
// another's from which it was split off.
Result<std::optional<Date>> signed_before(const ViewSnapshot& snapshot, Holders& holders,
                                          const std::string& client, const Signed& contract,
                                          const KnownAt& known_at) {
  LEDGER_TRY(const auto company, directory::same_company(snapshot, client, known_at));
  std::set<std::string> homes;
  for (const auto& card : company) {
    LEDGER_TRY(const auto* one, holders.client_of(card));
    homes.insert(card);
    homes.insert(one->homes.begin(), one->homes.end());
  }
  std::optional<Date> last;
  for (const auto& home : homes) {
    LEDGER_TRY(const auto row, read_row<ClientContractsRow>(snapshot, family(), home));
    if (!row) continue;
    for (const auto& other : row->contracts) {
      const bool earlier = std::tie(other.signed_on, other.position) <
                           std::tie(contract.signed_on, contract.position);
      if (!other.known.at(known_at) || !earlier) continue;
      LEDGER_TRY(const auto holder, holders.holder_of(fact_of(home, other)));
      const bool same = std::binary_search(company.begin(), company.end(), holder);
      if (same && (!last || other.signed_on > *last)) last = other.signed_on;
    }
  }
  return last;
}

}  // namespace

Result<std::vector<ContractOfMonth>> contracts_of(const ViewSnapshot& snapshot, Date day,
                                                  const ManagerId& manager,
                                                  const KnownAt& known_at) {
  std::vector<ContractOfMonth> found;
  LEDGER_TRY(const auto row,
             read_row<MonthContractsRow>(snapshot, family(), month_key(day, manager.text())));
  if (!row) return found;
  Holders holders(snapshot, known_at);
  for (const auto& contract : row->contracts) {
    if (!contract.known.at(known_at)) continue;
    ContractOfMonth one{contract.position, contract.contract_id, {}, contract.signed_on, {}, false};
    LEDGER_TRY(one.client_id, holders.holder_of(fact_of(contract.client_id, contract)));
    LEDGER_TRY(one.before, signed_before(snapshot, holders, one.client_id, contract, known_at));
    one.returned = one.before && add_months(*one.before, kReturnedMonths) < one.signed_on;
    found.push_back(std::move(one));
  }
  return found;
}

Result<Figure> count_contracts(const ViewSnapshot& snapshot, Date day, const ManagerId& manager,
                               const KnownAt& known_at) {
  Figure figure;
  figure.metric = QuotaMetric::kNewClientContracts;
  LEDGER_TRY(const auto contracts, contracts_of(snapshot, day, manager, known_at));
  std::set<std::string> clients;
  for (const auto& contract : contracts) {
    clients.insert(contract.client_id);
    if (!contract.before) ++figure.counted;
    if (contract.returned) ++figure.returned;
  }
  figure.attempts = static_cast<std::int64_t>(contracts.size());
  figure.answered = figure.attempts;
  figure.unique_clients = static_cast<std::int64_t>(clients.size());
  return figure;
}

}  // namespace ledger::quota_compliance
