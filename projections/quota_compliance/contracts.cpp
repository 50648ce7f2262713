#include <set>

#include "platform/calendar_month.h"
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

// The last contract signed before this one with the same company, on any of its cards.
Result<std::optional<Date>> signed_before(const ViewSnapshot& snapshot, const Signed& contract,
                                          const KnownAt& known_at) {
  std::optional<Date> last;
  LEDGER_TRY(const auto cards, directory::same_company(snapshot, contract.client_id, known_at));
  for (const auto& card : cards) {
    LEDGER_TRY(const auto row, read_row<ClientContractsRow>(snapshot, family(), card));
    if (!row) continue;
    for (const auto& other : row->contracts) {
      if (!other.known.at(known_at)) continue;
      const bool earlier = std::tie(other.signed_on, other.position) <
                           std::tie(contract.signed_on, contract.position);
      if (earlier && (!last || other.signed_on > *last)) last = other.signed_on;
    }
  }
  return last;
}

}  // namespace

Result<Figure> count_contracts(const ViewSnapshot& snapshot, Date day, const ManagerId& manager,
                               const KnownAt& known_at) {
  Figure figure;
  figure.metric = QuotaMetric::kNewClientContracts;
  LEDGER_TRY(const auto row,
             read_row<MonthContractsRow>(snapshot, family(), month_key(day, manager.text())));
  if (!row) return figure;
  std::set<std::string> clients;
  for (const auto& contract : row->contracts) {
    if (!contract.known.at(known_at)) continue;
    ++figure.attempts;
    clients.insert(contract.client_id);
    LEDGER_TRY(const auto before, signed_before(snapshot, contract, known_at));
    if (!before) {
      ++figure.counted;
    } else if (add_months(*before, kReturnedMonths) < contract.signed_on) {
      ++figure.returned;
    }
  }
  figure.answered = figure.attempts;
  figure.unique_clients = static_cast<std::int64_t>(clients.size());
  return figure;
}

}  // namespace ledger::quota_compliance
