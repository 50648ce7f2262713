#include "projections/monthly_report/turnover.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "platform/calendar_month.h"
#include "platform/words.h"
#include "projections/directory/one_client.h"
#include "projections/receivables/queries.h"

namespace ledger::monthly_report {

namespace {

using receivables::AccountRow;
using receivables::ItemKind;

// What a month brought.
struct Turnover {
  std::int64_t invoiced = 0;  // less what was cancelled, and credit notes from the day they count
  std::int64_t paid = 0;      // by payments, from the day that each counts for its invoice
};

// The months that the report compares.
struct Sums {
  Turnover month;
  Turnover last_month;
  Turnover last_year;
};
struct Sales {
  std::map<std::string, Sums> sums;  // by currency
  SoldByProduct sold;
};

struct Span {
  Date month;
  AsOf closing;
};

bool wrote_any(const AccountRow& account, const ManagerId& manager) {
  return std::any_of(account.invoices.begin(), account.invoices.end(),
                     [&](const auto& said) { return said.data.manager_id == manager; });
}

Status add(std::int64_t& sum, std::int64_t part) {
  LEDGER_TRY(sum, add_checked(sum, part));
  return {};
}

Turnover* month_of(Sums& sums, const Span& span, Date day) {
  if (day > span.closing.day) return nullptr;
  const Date month = first_of_month(day);
  if (month == span.month) return &sums.month;
  if (month == month_start(span.month, -1)) return &sums.last_month;
  return month == month_start(span.month, -12) ? &sums.last_year : nullptr;
}

// Plans of products are in hryvnias (plan.h of the events).
Status add_products(Sales& sales, const InvoiceIssued& invoice) {
  if (invoice.amount.currency.text() != "UAH") return {};
  for (const auto& one : invoice.products) {
    LEDGER_CHECK(add(sales.sold[fold_words(one.product)], one.amount_minor));
  }
  return {};
}

Status add_account(Sales& sales, const AccountRow& account, const Span& span,
                   const ManagerId& manager) {
  auto& sums = sales.sums;
  std::set<InvoiceId> seen;  // an item is an instalment; products are told of the whole invoice
  LEDGER_TRY(const auto settled, receivables::settle(account, span.closing));
  const auto is_mine = [&](const auto& item) {
    return item.kind == ItemKind::kInvoice && item.invoice.manager_id == manager &&
           !item.invoice.charge;
  };
  for (const auto& item : settled.items) {
    const Money& amount = item.invoice.amount;
    if (!is_mine(item) || item.cancelled) continue;
    Turnover* month = month_of(sums[amount.currency.text()], span, item.invoice.issued_on);
    if (month == nullptr) continue;
    LEDGER_CHECK(add(month->invoiced, amount.amount_minor));
    const bool in_month = first_of_month(item.invoice.issued_on) == span.month;
    if (in_month && seen.insert(item.invoice.invoice_id).second) {
      LEDGER_CHECK(add_products(sales, item.invoice));
    }
  }
  for (const auto& slice : settled.slices) {
    const auto& item = settled.items[slice.item];
    const auto& credit = settled.credits[slice.credit];
    if (!is_mine(item)) continue;
    Turnover* month = month_of(sums[credit.amount.currency.text()], span, slice.since);
    if (month == nullptr) continue;
    const bool takes_off = credit.kind == receivables::CreditKind::kCreditNote;
    LEDGER_CHECK(takes_off ? add(month->invoiced, -slice.amount_minor)
                           : add(month->paid, slice.amount_minor));
  }
  return {};
}

void add_lines(Report& report, const std::string& currency, const Sums& sums) {
  const auto line = [&](std::string_view id, std::int64_t value) {
    report.lines.push_back({Section::kDebts, std::string(id), value, currency, "turnover.growth"});
  };
  line("turnover.invoiced", sums.month.invoiced);
  line("turnover.invoiced_last_month", sums.last_month.invoiced);
  line("turnover.invoiced_last_year", sums.last_year.invoiced);
  line("turnover.paid", sums.month.paid);
  line("turnover.paid_last_month", sums.last_month.paid);
  line("turnover.paid_last_year", sums.last_year.paid);
}

}  // namespace

Result<SoldByProduct> add_turnover(Report& report, const ViewSnapshot& snapshot,
                                   const BusinessZone& zone) {
  const ManagerId& manager = report.manager.manager_id;
  const Date last = std::min(last_of_month(report.month), zone.local_day(report.known_at));
  const Span span{report.month, {last, report.known_at}};
  Sales sales;
  LEDGER_TRY(const auto ids, receivables::clients(snapshot, report.known_at));
  for (const auto& id : ids) {
    LEDGER_TRY(const auto client, directory::one_client(snapshot, id, report.known_at));
    LEDGER_TRY(const auto account, receivables::account_of(snapshot, client));
    if (wrote_any(account, manager)) LEDGER_CHECK(add_account(sales, account, span, manager));
  }
  for (const auto& [currency, sum] : sales.sums) add_lines(report, currency, sum);
  return std::move(sales.sold);
}

}  // namespace ledger::monthly_report
