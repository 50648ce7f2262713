#include <algorithm>
#include <chrono>
#include <set>
#include <tuple>

#include "platform/calendar_month.h"
#include "projections/client_card/queries.h"
#include "projections/directory/holders.h"
#include "projections/directory/rules.h"
#include "projections/quota_compliance/month_rows.h"
#include "projections/quota_compliance/queries.h"
#include "projections/store/view_batch.h"

namespace ledger::quota_compliance {

namespace {

const std::string& family() {
  static const std::string name = family_of(kName, kVersion);
  return name;
}

using directory::Holders;

// What was said of any day, also one to come.
constexpr Date kEver = std::chrono::year{9999} / 12 / 31;

directory::Fact fact_of(std::string_view home, const Signed& contract) {
  return {home, contract.position, contract.contract_id};
}

// What the same company signed, on any of its cards, or on another's from which it was split off.
Result<std::vector<Signed>> signed_by(const ViewSnapshot& snapshot, Holders& holders,
                                      const std::string& client, const KnownAt& known_at) {
  LEDGER_TRY(const auto company, directory::same_company(snapshot, client, known_at));
  std::set<std::string> homes;
  for (const auto& card : company) {
    LEDGER_TRY(const auto* one, holders.client_of(card));
    homes.insert(card);
    homes.insert(one->homes.begin(), one->homes.end());
  }
  std::vector<Signed> all;
  for (const auto& home : homes) {
    LEDGER_TRY(const auto row, read_row<ClientContractsRow>(snapshot, family(), home));
    if (!row) continue;
    for (const auto& other : row->contracts) {
      if (!other.known.at(known_at)) continue;
      LEDGER_TRY(const auto holder, holders.holder_of(fact_of(home, other)));
      if (std::binary_search(company.begin(), company.end(), holder)) all.push_back(other);
    }
  }
  return all;
}

// Whether it was ended before anything was delivered to the client: it counts no longer, in the
// month in which it was signed (domain-semantics.md 4a).
Result<bool> came_to_nothing(const ViewSnapshot& snapshot, const std::string& client,
                             const Signed& contract, const KnownAt& known_at) {
  LEDGER_TRY(const auto card, client_card::card(snapshot, client, {kEver, known_at}));
  if (!card) return false;
  const auto& ends = card->dealings.terminated;
  const auto end = std::find_if(ends.rbegin(), ends.rend(), [&](const auto& told) {
    return told.data.contract_id.text() == contract.contract_id;
  });
  if (end == ends.rend()) return false;
  const auto& deliveries = card->dealings.deliveries;
  return std::none_of(deliveries.begin(), deliveries.end(), [&](const auto& told) {
    return told.data.delivered_on <= end->data.terminated_on;
  });
}

// The last other contract signed before this one with the same company. One that came to nothing
// made nobody a client: the next one does (schemas/decisions/0034).
Result<std::optional<Date>> signed_before(const ViewSnapshot& snapshot, Holders& holders,
                                          const std::string& client, const Signed& contract,
                                          const KnownAt& known_at) {
  LEDGER_TRY(const auto all, signed_by(snapshot, holders, client, known_at));
  std::optional<Date> last;
  for (const auto& other : all) {
    const bool earlier =
        std::tie(other.signed_on, other.position) < std::tie(contract.signed_on, contract.position);
    if (!earlier || other.contract_id == contract.contract_id) continue;
    if (last && other.signed_on <= *last) continue;
    LEDGER_TRY(const bool nothing, came_to_nothing(snapshot, other.client_id, other, known_at));
    if (!nothing) last = other.signed_on;
  }
  return last;
}

// Where the same contract was told last, if that is another event: its number is the house's,
// whichever system told it.
Result<std::optional<Position>> told_again(const ViewSnapshot& snapshot, Holders& holders,
                                           const std::string& client, const Signed& contract,
                                           const KnownAt& known_at) {
  LEDGER_TRY(const auto all, signed_by(snapshot, holders, client, known_at));
  const auto when = [](const Signed& one) { return std::tie(one.known.recorded, one.position); };
  const Signed* last = &contract;
  for (const auto& other : all) {
    if (other.contract_id == contract.contract_id && when(*last) < when(other)) last = &other;
  }
  if (last->position == contract.position) return std::nullopt;
  return last->position;
}

// Clients on other cards who share a phone, an account or a director with this one and signed
// before it did: whether they are one company a person decides.
Result<std::vector<directory::Sharing>> doubtful(const ViewSnapshot& snapshot, Holders& holders,
                                                 const std::string& client, const Signed& contract,
                                                 const KnownAt& known_at) {
  std::vector<directory::Sharing> found;
  LEDGER_TRY(const auto* one, holders.client_of(client));
  for (const auto& card : one->cards) {
    LEDGER_TRY(const auto sharing, directory::sharing(snapshot, card, known_at));
    for (const auto& other : sharing) {
      LEDGER_TRY(const auto survivor, directory::survivor_of(snapshot, other.card, known_at));
      const bool is_told = survivor == client ||
                           std::any_of(found.begin(), found.end(),
                                       [&](const auto& told) { return told.card == survivor; });
      if (is_told) continue;
      LEDGER_TRY(const auto before, signed_before(snapshot, holders, survivor, contract, known_at));
      if (before) found.push_back({survivor, other.reasons});
    }
  }
  return found;
}

Item item_of(const Signed& contract) {
  Item item;
  item.position = contract.position;
  item.known = contract.known;
  item.on = contract.signed_on;
  item.client_id = contract.client_id;
  item.id = contract.contract_id;
  return item;
}

// The client is named already.
Status judge(Item& item, const ViewSnapshot& snapshot, Holders& holders, const Signed& contract,
             const ContractRules& rules) {
  LEDGER_TRY(item.beside, told_again(snapshot, holders, item.client_id, contract, rules.known_at));
  if (item.beside) {
    item.verdict = Verdict::kSameContract;
    return {};
  }
  item.attempt = item.answered = true;
  LEDGER_TRY(const auto before,
             signed_before(snapshot, holders, item.client_id, contract, rules.known_at));
  if (!before) {
    LEDGER_TRY(item.supervisor_decides,
               doubtful(snapshot, holders, item.client_id, contract, rules.known_at));
    LEDGER_TRY(const bool nothing,
               came_to_nothing(snapshot, item.client_id, contract, rules.known_at));
    if (nothing) item.verdict = Verdict::kTerminated;
    return {};
  }
  const auto rule =
      directory::rules_of(rules.policies, contract.signed_on, rules.judged_by).contracts;
  item.returned = add_months(*before, static_cast<int>(rule.returned_months)) < contract.signed_on;
  if (!item.returned) {
    item.verdict = Verdict::kNotNew;
  } else if (!rule.count_returned) {
    item.verdict = Verdict::kReturned;
  }
  return {};
}

// What was told of the month by an instant and taken back by then.
void add_taken_back(std::vector<Item>& items, const std::vector<Signed>& contracts,
                    const KnownAt& known_at) {
  std::set<Position> standing;
  for (const auto& item : items) standing.insert(item.position);
  for (const auto& contract : contracts) {
    const bool told = !known_at || contract.known.recorded <= *known_at;
    if (!told || !standing.insert(contract.position).second) continue;
    items.push_back(item_of(contract));
    items.back().verdict = Verdict::kTakenBack;
  }
}

}  // namespace

Result<Figure> count_contracts(const ViewSnapshot& snapshot, Date day, const ManagerId& manager,
                               const ContractRules& rules) {
  LEDGER_TRY(const auto row,
             read_row<MonthContractsRow>(snapshot, family(), month_key(day, manager.text())));
  if (!row) return sum_contracts({});
  Holders holders(snapshot, rules.known_at);
  std::vector<Item> items;
  for (const auto& contract : row->contracts) {
    if (!contract.known.at(rules.known_at)) continue;
    Item item = item_of(contract);
    LEDGER_TRY(item.client_id, holders.holder_of(fact_of(contract.client_id, contract)));
    if (contract.kind == ContractKind::kContract) {
      LEDGER_CHECK(judge(item, snapshot, holders, contract, rules));
    } else {
      item.verdict = Verdict::kNoContract;
    }
    items.push_back(std::move(item));
  }
  std::sort(items.begin(), items.end(), [](const Item& left, const Item& right) {
    return std::tie(left.on, left.position) < std::tie(right.on, right.position);
  });
  add_taken_back(items, row->contracts, rules.known_at);
  return sum_contracts(std::move(items));
}

}  // namespace ledger::quota_compliance
