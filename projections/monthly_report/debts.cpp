#include "projections/monthly_report/debts.h"

#include <algorithm>
#include <array>
#include <map>

#include "platform/calendar_month.h"
#include "projections/directory/one_client.h"
#include "projections/receivables/credit_control.h"
#include "projections/receivables/queries.h"

namespace ledger::monthly_report {

namespace {

using receivables::AccountRow;
using receivables::ItemKind;
using receivables::kBucketNames;
using receivables::kBuckets;

// The weeks behind the month in which a promise may still be kept.
constexpr int kGraceDays = 31;

// Open amounts at the end of a day, by age.
struct Open {
  std::array<std::int64_t, kBuckets> buckets{};
  std::int64_t sum = 0;
};

// What a month brought.
struct Turnover {
  std::int64_t invoiced = 0;  // less what was cancelled
  std::int64_t paid = 0;      // by payments, from the day that each counts for its invoice
};

// What fell due in the month, less what credit notes took off, and how much of it was paid by then.
struct FallenDue {
  std::int64_t due = 0;
  std::int64_t in_time = 0;
};

struct Sums {
  Open opening;
  Open closing;
  Turnover month;
  Turnover last_month;
  Turnover last_year;
  FallenDue fallen_due;
};
using ByCurrency = std::map<std::string, Sums>;

struct Promises {
  std::int64_t due = 0;
  std::int64_t kept = 0;
};

// The months that the report compares, and the days at which it looks at debts.
struct Span {
  Date month;
  Date last_month;
  Date last_year;
  AsOf opening;
  AsOf closing;
};

Span span_of(const Report& report, const BusinessZone& zone) {
  const Date last = std::min(last_of_month(report.month), zone.local_day(report.known_at));
  return {report.month,
          month_start(report.month, -1),
          month_start(report.month, -12),
          {add_days(report.month, -1), report.known_at},
          {last, report.known_at}};
}

bool wrote_any(const AccountRow& account, const ManagerId& manager) {
  return std::any_of(account.invoices.begin(), account.invoices.end(),
                     [&](const auto& said) { return said.data.manager_id == manager; });
}

Status add(std::int64_t& sum, std::int64_t part) {
  LEDGER_TRY(sum, add_checked(sum, part));
  return {};
}

using Books = std::map<std::string, receivables::Statement>;

Status add_open(ByCurrency& sums, Open Sums::* when, const Books& books, const ManagerId& manager) {
  for (const auto& [currency, statement] : books) {
    for (const auto& item : statement.items) {
      if (item.kind != ItemKind::kInvoice || item.invoice.manager_id != manager) continue;
      Open& open = sums[currency].*when;
      LEDGER_CHECK(add(open.sum, item.open_minor));
      LEDGER_CHECK(add(open.buckets[receivables::bucket_of(item.days_past_due)], item.open_minor));
    }
  }
  return {};
}

Status add_fallen_due(ByCurrency& sums, const Books& books, const Span& span,
                      const ManagerId& manager) {
  for (const auto& [currency, statement] : books) {
    for (const auto& item : statement.items) {
      if (item.kind != ItemKind::kInvoice || item.invoice.manager_id != manager) continue;
      const Date due_on = item.due.on;
      if (due_on < span.month || due_on > span.closing.day) continue;
      FallenDue& fallen = sums[currency].fallen_due;
      LEDGER_CHECK(add(fallen.due, item.charged_minor));
      LEDGER_CHECK(add(fallen.in_time, item.paid_in_time_minor));
    }
  }
  return {};
}

Turnover* month_of(Sums& sums, const Span& span, Date day) {
  if (day > span.closing.day) return nullptr;
  const Date month = first_of_month(day);
  if (month == span.month) return &sums.month;
  if (month == span.last_month) return &sums.last_month;
  return month == span.last_year ? &sums.last_year : nullptr;
}

Status add_turnover(ByCurrency& sums, const AccountRow& account, const Span& span,
                    const ManagerId& manager) {
  LEDGER_TRY(const auto settled, receivables::settle(account, span.closing));
  const auto is_mine = [&](const auto& item) {
    return item.kind == ItemKind::kInvoice && item.invoice.manager_id == manager;
  };
  for (const auto& item : settled.items) {
    const Money& amount = item.invoice.amount;
    if (!is_mine(item) || item.cancelled) continue;
    Turnover* month = month_of(sums[amount.currency.text()], span, item.invoice.issued_on);
    if (month != nullptr) LEDGER_CHECK(add(month->invoiced, amount.amount_minor));
  }
  for (const auto& slice : settled.slices) {
    const auto& item = settled.items[slice.item];
    const auto& credit = settled.credits[slice.credit];
    if (!is_mine(item) || credit.kind == receivables::CreditKind::kCreditNote) continue;
    Turnover* month = month_of(sums[credit.amount.currency.text()], span, slice.since);
    if (month != nullptr) LEDGER_CHECK(add(month->paid, slice.amount_minor));
  }
  return {};
}

// The client's last promise, if it fell due in the month.
Status add_promise(Promises& promises, const AccountRow& account, const Span& span,
                   const ManagerId& manager, const directory::Calendar& calendar) {
  if (account.promises.empty()) return {};
  LEDGER_TRY(const auto promise, receivables::promise_of(account, span.closing, calendar));
  if (!promise || promise->promise.manager_id != manager) return {};
  const Date due = promise->promise.due_on;
  if (due < span.month || due > span.closing.day) return {};
  ++promises.due;
  if (promise->state == receivables::PromiseState::kKept) ++promises.kept;
  return {};
}

void add_lines(Report& report, const std::string& currency, const Sums& sums) {
  const auto line = [&](std::string id, std::int64_t value, std::string_view duty) {
    report.lines.push_back({Section::kDebts, std::move(id), value, currency, duty});
  };
  constexpr std::string_view kGrowth = "turnover.growth";
  line("turnover.invoiced", sums.month.invoiced, kGrowth);
  line("turnover.invoiced_last_month", sums.last_month.invoiced, kGrowth);
  line("turnover.invoiced_last_year", sums.last_year.invoiced, kGrowth);
  line("turnover.paid", sums.month.paid, kGrowth);
  line("turnover.paid_last_month", sums.last_month.paid, kGrowth);
  line("turnover.paid_last_year", sums.last_year.paid, kGrowth);
  constexpr std::string_view kCollected = "receivables.collected";
  const auto open = [&](const std::string& when, const Open& debt) {
    line("debts." + when, debt.sum, kCollected);
    for (std::size_t i = 0; i < kBuckets; ++i) {
      line("debts." + when + '.' + std::string(kBucketNames[i]), debt.buckets[i], kCollected);
    }
  };
  open("opening", sums.opening);
  line("debts.settled", sums.opening.sum + sums.month.invoiced - sums.closing.sum, kCollected);
  open("closing", sums.closing);
  line("debts.fell_due", sums.fallen_due.due, kCollected);
  line("debts.paid_in_time", sums.fallen_due.in_time, kCollected);
  if (sums.fallen_due.due <= 0) return;  // a share of nothing is none
  // Without overflow: of sums that large, hundredths are exact enough.
  const auto share =
      static_cast<std::int64_t>(static_cast<long double>(sums.fallen_due.in_time) * 100.0L /
                                static_cast<long double>(sums.fallen_due.due));
  report.lines.push_back(
      {Section::kDebts, "debts.in_time_share." + currency, share, "%", kCollected});
}

}  // namespace

Status add_debts(Report& report, const ViewSnapshot& snapshot, const BusinessZone& zone) {
  const ManagerId& manager = report.manager.manager_id;
  const Span span = span_of(report, zone);
  ByCurrency sums;
  Promises promises;
  LEDGER_TRY(const auto calendar,
             directory::Calendar::read(snapshot, CalendarKind::kBusiness, span.month,
                                       add_days(span.closing.day, kGraceDays), report.known_at));
  LEDGER_TRY(const auto ids, receivables::clients(snapshot, report.known_at));
  for (const auto& id : ids) {
    LEDGER_TRY(const auto client, directory::one_client(snapshot, id, report.known_at));
    LEDGER_TRY(const auto account, receivables::account_of(snapshot, client));
    LEDGER_CHECK(add_promise(promises, account, span, manager, calendar));
    if (!wrote_any(account, manager)) continue;
    LEDGER_TRY(const auto opening, receivables::statements(account, span.opening));
    LEDGER_TRY(const auto closing, receivables::statements(account, span.closing));
    LEDGER_CHECK(add_open(sums, &Sums::opening, opening, manager));
    LEDGER_CHECK(add_open(sums, &Sums::closing, closing, manager));
    LEDGER_CHECK(add_fallen_due(sums, closing, span, manager));
    LEDGER_CHECK(add_turnover(sums, account, span, manager));
  }
  for (const auto& [currency, sum] : sums) add_lines(report, currency, sum);
  const auto count = [&](std::string_view id, std::int64_t value) {
    report.lines.push_back({Section::kDebts, std::string(id), value, "", "receivables.collected"});
  };
  count("debts.promises_due", promises.due);
  count("debts.promises_kept", promises.kept);
  return {};
}

}  // namespace ledger::monthly_report
