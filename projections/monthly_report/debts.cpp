#include "projections/monthly_report/debts.h"

#include <algorithm>
#include <map>

#include "projections/directory/one_client.h"
#include "projections/receivables/queries.h"

namespace ledger::monthly_report {

namespace {

using receivables::AccountRow;
using receivables::AsOf;
using receivables::ItemKind;

struct Sums {
  std::int64_t opening = 0;
  std::int64_t invoiced = 0;
  std::int64_t closing = 0;
  std::int64_t overdue = 0;
};
using ByCurrency = std::map<std::string, Sums>;

bool wrote_any(const AccountRow& account, const ManagerId& manager) {
  return std::any_of(account.invoices.begin(), account.invoices.end(),
                     [&](const auto& said) { return said.data.manager_id == manager; });
}

Status add(std::int64_t& sum, std::int64_t part) {
  LEDGER_TRY(sum, add_checked(sum, part));
  return {};
}

// `opening`: the day before the month.
Status add_account(ByCurrency& sums, const AccountRow& account, const Report& report,
                   const AsOf& opening, const AsOf& closing) {
  const auto mine = [&](const receivables::Item& item) {
    return item.kind == ItemKind::kInvoice && item.invoice.manager_id == report.manager.manager_id;
  };
  LEDGER_TRY(const auto before, receivables::statements(account, opening));
  for (const auto& [currency, statement] : before) {
    for (const auto& item : statement.items) {
      if (mine(item)) LEDGER_CHECK(add(sums[currency].opening, item.open_minor));
    }
  }
  LEDGER_TRY(const auto after, receivables::statements(account, closing));
  for (const auto& [currency, statement] : after) {
    for (const auto& item : statement.items) {
      if (!mine(item)) continue;
      Sums& sum = sums[currency];
      LEDGER_CHECK(add(sum.closing, item.open_minor));
      if (item.days_past_due > 0) LEDGER_CHECK(add(sum.overdue, item.open_minor));
      if (item.invoice.issued_on > opening.day) {
        LEDGER_CHECK(add(sum.invoiced, item.charged_minor));
      }
    }
  }
  return {};
}

}  // namespace

Status add_debts(Report& report, const ViewSnapshot& snapshot, const BusinessZone& zone) {
  const AsOf opening{add_days(report.month, -1), report.known_at};
  const AsOf closing{std::min(last_of_month(report.month), zone.local_day(report.known_at)),
                     report.known_at};
  ByCurrency sums;
  LEDGER_TRY(const auto ids, receivables::clients(snapshot, report.known_at));
  for (const auto& id : ids) {
    LEDGER_TRY(const auto client, directory::one_client(snapshot, id, report.known_at));
    LEDGER_TRY(const auto account, receivables::account_of(snapshot, client));
    if (!wrote_any(account, report.manager.manager_id)) continue;
    LEDGER_CHECK(add_account(sums, account, report, opening, closing));
  }
  for (const auto& [currency, sum] : sums) {
    const auto line = [&, &code = currency](std::string_view id, std::int64_t value) {
      report.lines.push_back(
          {Section::kDebts, std::string(id), value, code, "receivables.collected"});
    };
    line("debts.opening", sum.opening);
    line("debts.invoiced", sum.invoiced);
    line("debts.settled", sum.opening + sum.invoiced - sum.closing);
    line("debts.closing", sum.closing);
    line("debts.overdue", sum.overdue);
  }
  return {};
}

}  // namespace ledger::monthly_report
