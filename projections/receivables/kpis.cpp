#include "projections/receivables/kpis.h"

#include <algorithm>
#include <limits>
#include <vector>

namespace ledger::receivables {

namespace {

// part / whole * times, half up. Beyond 10^16 both are halved first, which no figure shows.
std::int64_t ratio(std::int64_t part, std::int64_t whole, std::int64_t times) {
  const std::int64_t most = std::numeric_limits<std::int64_t>::max() / (4 * times);
  while (whole > most || part > most) {
    part /= 2;
    whole = std::max<std::int64_t>(whole / 2, 1);
  }
  return (2 * part * times + whole) / (2 * whole);
}

}  // namespace

std::optional<std::int64_t> Kpis::dso_days() const {
  if (invoiced_minor == 0) return std::nullopt;
  return ratio(std::max<std::int64_t>(balance_minor, 0), invoiced_minor, kSalesDays);
}

std::optional<std::int64_t> Kpis::on_time_percent() const {
  if (fallen_due_minor == 0) return std::nullopt;
  return ratio(paid_on_time_minor, fallen_due_minor, 100);
}

Result<std::map<Currency, Kpis>> kpis(const Settlement& settled, Date as_of) {
  std::vector<std::int64_t> credited(settled.items.size());
  std::vector<std::int64_t> on_time(settled.items.size());
  for (const auto& slice : settled.slices) {
    if (settled.credits[slice.credit].kind == CreditKind::kCreditNote) {
      credited[slice.item] += slice.amount_minor;
    } else if (slice.since <= settled.items[slice.item].due_on) {
      on_time[slice.item] += slice.amount_minor;
    }
  }
  std::map<Currency, Kpis> by_currency;
  for (const auto& [currency, balance] : settled.balances_minor) {
    by_currency[currency].balance_minor = balance;
  }
  for (std::size_t i = 0; i < settled.items.size(); ++i) {
    const Item& item = settled.items[i];
    if (item.cancelled || item.kind != ItemKind::kInvoice) continue;
    Kpis& sum = by_currency[item.amount.currency];
    if (days_between(item.issued_on, as_of) < kSalesDays) {
      LEDGER_TRY(sum.invoiced_minor, add_checked(sum.invoiced_minor, item.amount.amount_minor));
    }
    if (item.due_on >= as_of) continue;
    LEDGER_TRY(sum.fallen_due_minor,
               add_checked(sum.fallen_due_minor, item.amount.amount_minor - credited[i]));
    LEDGER_TRY(sum.paid_on_time_minor, add_checked(sum.paid_on_time_minor, on_time[i]));
  }
  return by_currency;
}

Status add_to(Kpis& total, const Kpis& part) {
  LEDGER_TRY(total.balance_minor, add_checked(total.balance_minor, part.balance_minor));
  LEDGER_TRY(total.invoiced_minor, add_checked(total.invoiced_minor, part.invoiced_minor));
  LEDGER_TRY(total.fallen_due_minor, add_checked(total.fallen_due_minor, part.fallen_due_minor));
  LEDGER_TRY(total.paid_on_time_minor,
             add_checked(total.paid_on_time_minor, part.paid_on_time_minor));
  return {};
}

}  // namespace ledger::receivables
