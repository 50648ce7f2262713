#include "projections/receivables/queries.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "projections/store/view_batch.h"

namespace ledger::receivables {

namespace {

const std::string& family() {
  static const std::string name = family_of(kName, kVersion);
  return name;
}

// What of an item's open amount its open disputes contest; one without an amount contests all.
std::int64_t disputed(const AccountRow& account, const Item& item, const Moment& moment) {
  std::int64_t sum = 0;
  for (const auto& opened : account.disputes) {
    const DisputeOpened& dispute = opened.data;
    if (dispute.invoice_id != item.invoice_id || item.kind != ItemKind::kInvoice ||
        !moment.sees(opened.known, dispute.opened_on)) {
      continue;
    }
    const bool closed = std::any_of(
        account.disputes_closed.begin(), account.disputes_closed.end(), [&](const auto& said) {
          return said.data.dispute_id == dispute.dispute_id && opened.position < said.position &&
                 moment.sees(said.known, said.data.closed_on);
        });
    if (closed || (dispute.amount && dispute.amount->currency != item.amount.currency)) continue;
    const std::int64_t rest = item.open_minor - sum;
    sum += dispute.amount ? std::min(rest, dispute.amount->amount_minor) : rest;
  }
  return sum;
}

Status add_item(Ageing& ageing, const AccountRow& account, const Item& item, const Moment& moment) {
  const int days = days_between(item.due_on, moment.as_of);
  const std::int64_t contested = disputed(account, item, moment);
  auto& bucket = ageing.buckets_minor[bucket_of(days)];
  LEDGER_TRY(bucket, add_checked(bucket, item.open_minor));
  LEDGER_TRY(ageing.disputed_minor, add_checked(ageing.disputed_minor, contested));
  ageing.open_items.push_back({item, contested, days});
  return {};
}

}  // namespace

std::size_t bucket_of(int days_past_due) {
  if (days_past_due <= 0) return 0;
  return static_cast<std::size_t>(std::min(4, 1 + (days_past_due - 1) / 30));
}

Result<std::vector<Ageing>> age(const AccountRow& account, const Moment& moment) {
  LEDGER_TRY(const auto settled, settle(account, moment));
  return age(account, settled, moment);
}

Result<std::vector<Ageing>> age(const AccountRow& account, const Settlement& settled,
                                const Moment& moment) {
  std::map<Currency, Ageing> by_currency;
  for (const auto& [currency, balance] : settled.balances_minor) {
    by_currency[currency].balance_minor = balance;
  }
  for (const auto& item : settled.items) {
    if (item.open_minor == 0) continue;
    LEDGER_CHECK(add_item(by_currency[item.amount.currency], account, item, moment));
  }
  for (const auto& credit : settled.credits) {
    if (credit.free_minor == 0) continue;
    auto& ageing = by_currency[credit.amount.currency];
    LEDGER_TRY(ageing.unallocated_minor, add_checked(ageing.unallocated_minor, credit.free_minor));
    ageing.free_credits.push_back(credit);
  }
  for (const auto& conflict : settled.conflicts) {
    auto& ageing = by_currency[conflict.rest.currency];
    LEDGER_TRY(ageing.conflict_minor,
               add_checked(ageing.conflict_minor, conflict.rest.amount_minor));
    ageing.conflicts.push_back(conflict);
  }
  std::vector<Ageing> all;
  for (auto& [currency, ageing] : by_currency) {
    ageing.currency = currency;
    std::sort(ageing.open_items.begin(), ageing.open_items.end(),
              [](const auto& left, const auto& right) {
                const auto& [a, b] = std::tie(left.item, right.item);
                return std::tie(a.due_on, a.issued_on, a.invoice_id, a.position) <
                       std::tie(b.due_on, b.issued_on, b.invoice_id, b.position);
              });
    all.push_back(std::move(ageing));
  }
  return all;
}

Result<std::optional<AccountRow>> account(const ViewSnapshot& snapshot,
                                          std::string_view client_id) {
  return read_row<AccountRow>(snapshot, family(), client_id);
}

Status scan_accounts(
    const ViewSnapshot& snapshot, std::string_view from,
    const std::function<bool(std::string_view client_id, const AccountRow&)>& visit) {
  return scan_rows<AccountRow>(
      snapshot, family(), "", from,
      [&](std::string_view client_id, const AccountRow& row) { return visit(client_id, row); });
}

}  // namespace ledger::receivables
