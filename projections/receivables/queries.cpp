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

struct Movements {
  std::vector<const AccountRow::Invoice*> invoices;
  std::int64_t paid_minor = 0;
};

Result<std::map<std::string, Movements>> until(const AccountRow& account, Date as_of) {
  std::map<std::string, Movements> by_currency;
  for (const auto& invoice : account.invoices) {
    if (invoice.issued_on > as_of) continue;
    by_currency[invoice.amount.currency.text()].invoices.push_back(&invoice);
  }
  for (const auto& payment : account.payments) {
    if (payment.booked_on > as_of) continue;
    auto& paid = by_currency[payment.amount.currency.text()].paid_minor;
    LEDGER_TRY(paid, add_checked(paid, payment.amount.amount_minor));
  }
  return by_currency;
}

Result<Ageing> age_currency(Movements movements, Date as_of) {
  const auto oldest_first = [](const auto* invoice) {
    return std::tie(invoice->due_on, invoice->issued_on, invoice->invoice_id);
  };
  std::sort(movements.invoices.begin(), movements.invoices.end(),
            [&](const auto* left, const auto* right) {
              return oldest_first(left) < oldest_first(right);
            });
  Ageing ageing;
  std::int64_t free_minor = movements.paid_minor;
  for (const auto* invoice : movements.invoices) {
    const std::int64_t settled = std::min(free_minor, invoice->amount.amount_minor);
    free_minor -= settled;
    const std::int64_t open = invoice->amount.amount_minor - settled;
    if (open == 0) continue;
    const int days = days_between(invoice->due_on, as_of);
    auto& bucket = ageing.buckets_minor[bucket_of(days)];
    LEDGER_TRY(bucket, add_checked(bucket, open));
    LEDGER_TRY(ageing.balance_minor, add_checked(ageing.balance_minor, open));
    ageing.open_items.push_back({*invoice, open, days});
  }
  ageing.unallocated_minor = free_minor;
  LEDGER_TRY(ageing.balance_minor, add_checked(ageing.balance_minor, -free_minor));
  return ageing;
}

}  // namespace

std::size_t bucket_of(int days_past_due) {
  if (days_past_due <= 0) return 0;
  return static_cast<std::size_t>(std::min(4, 1 + (days_past_due - 1) / 30));
}

Result<std::vector<Ageing>> age(const AccountRow& account, Date as_of) {
  LEDGER_TRY(auto by_currency, until(account, as_of));
  std::vector<Ageing> all;
  for (auto& [code, movements] : by_currency) {
    LEDGER_TRY(auto ageing, age_currency(std::move(movements), as_of));
    LEDGER_TRY(ageing.currency, Currency::parse(code));
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
