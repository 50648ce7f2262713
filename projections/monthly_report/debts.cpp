#include "projections/monthly_report/debts.h"

#include <algorithm>
#include <array>
#include <map>

#include "platform/calendar_month.h"
#include "projections/directory/queries.h"
#include "projections/monthly_report/answered.h"
#include "projections/obligations/book.h"
#include "projections/receivables/credit_control.h"
#include "projections/receivables/queries.h"

namespace ledger::monthly_report {

namespace {

using receivables::AccountRow;
using receivables::ItemKind;
using receivables::kBucketNames;
using receivables::kBuckets;

constexpr std::string_view kDuty = "receivables.collected";

// Open amounts at the end of a day, by age.
struct Open {
  std::array<std::int64_t, kBuckets> buckets{};
  std::int64_t sum = 0;
};

// What fell due in the month, less what credit notes took off and what the client contests, and how
// much of it was paid by then.
struct FallenDue {
  std::int64_t due = 0;
  std::int64_t in_time = 0;
};

struct Sums {
  Open opening;
  std::int64_t invoiced = 0;  // in the month, less what was cancelled in it
  std::int64_t paid = 0;      // by payments, from the day that each counts for its invoice
  Open closing;
  FallenDue fallen_due;
};
using ByCurrency = std::map<std::string, Sums>;

// What was done in the month, by whomever.
struct Work {
  std::int64_t promises_due = 0;
  std::int64_t promises_kept = 0;
  std::int64_t actions = 0;
  std::int64_t reminders = 0;
  std::int64_t promises = 0;
};

// The days at which the report looks at debts.
struct Span {
  Date month;
  AsOf opening;
  AsOf closing;
  AsOf grace;  // until which a promise of its last day is kept

  [[nodiscard]] bool has(Date day) const { return month <= day && day <= closing.day; }
};

Span span_of(const Report& report, const BusinessZone& zone, const directory::Calendar& calendar,
             const receivables::PromiseRule& rule) {
  const Date today = zone.local_day(report.known_at);
  const Date last = std::min(last_of_month(report.month), today);
  const Date grace = std::min(receivables::grace_until(last, calendar, rule), today);
  return {report.month,
          {add_days(report.month, -1), report.known_at},
          {last, report.known_at},
          {grace, report.known_at}};
}

Status add(std::int64_t& sum, std::int64_t part) {
  LEDGER_TRY(sum, add_checked(sum, part));
  return {};
}

using Books = std::map<std::string, receivables::Statement>;

// All that is owed, as the ageing of receivables shows it.
Status add_open(ByCurrency& sums, Open Sums::* when, const Books& books) {
  for (const auto& [currency, statement] : books) {
    for (const auto& item : statement.items) {
      Open& open = sums[currency].*when;
      LEDGER_CHECK(add(open.sum, item.open_minor));
      LEDGER_CHECK(add(open.buckets[receivables::bucket_of(item.days_past_due)], item.open_minor));
    }
  }
  return {};
}

Status add_fallen_due(ByCurrency& sums, const Books& books, const Span& span) {
  for (const auto& [currency, statement] : books) {
    for (const auto& item : statement.items) {
      if (item.kind != ItemKind::kInvoice || !span.has(item.due.on)) continue;
      FallenDue& fallen = sums[currency].fallen_due;
      LEDGER_CHECK(add(fallen.due, item.charged_minor - item.disputed_minor));
      LEDGER_CHECK(add(fallen.in_time, item.paid_in_time_minor));
    }
  }
  return {};
}

Status add_month(ByCurrency& sums, const AccountRow& account, const Span& span) {
  LEDGER_TRY(const auto settled, receivables::settle(account, span.closing));
  for (const auto& item : settled.items) {
    const Money& amount = item.invoice.amount;
    const bool is_new = item.kind == ItemKind::kInvoice && span.has(item.invoice.issued_on);
    if (!is_new || item.cancelled) continue;
    LEDGER_CHECK(add(sums[amount.currency.text()].invoiced, amount.amount_minor));
  }
  for (const auto& slice : settled.slices) {
    const auto& credit = settled.credits[slice.credit];
    if (credit.kind == receivables::CreditKind::kCreditNote || !span.has(slice.since)) continue;
    LEDGER_CHECK(add(sums[credit.amount.currency.text()].paid, slice.amount_minor));
  }
  return {};
}

// Of those that fell due in the month, kept is also what was kept in the days of grace behind it.
Status add_promises(Work& work, const AccountRow& account, const Span& span,
                    const directory::Calendar& calendar) {
  for (const auto& said : account.promises) {
    if (said.known.at(span.closing.known_at) && span.has(said.data.made_on)) ++work.promises;
  }
  LEDGER_TRY(const auto due, receivables::promises_due(account, span.month, span.closing.day,
                                                       span.grace, calendar));
  work.promises_due += static_cast<std::int64_t>(due.size());
  work.promises_kept += std::count_if(due.begin(), due.end(), [](const auto& promise) {
    return promise.state == receivables::PromiseState::kKept;
  });
  return {};
}

Status add_work(Work& work, const ViewSnapshot& snapshot, const directory::OneClient& client,
                const AccountRow& account, const Span& span) {
  for (const auto* said : receivables::reminders(account, span.closing)) {
    if (span.has(said->data.sent_on)) ++work.reminders;
  }
  LEDGER_TRY(const auto owed, obligations::owed_of(snapshot, client, span.closing));
  work.actions += std::count_if(owed.actions.begin(), owed.actions.end(),
                                [&](const auto& told) { return span.has(told.day); });
  return {};
}

// Credit notes, what was written off, what was cancelled of earlier months, and what is open again
// because a bank took its payment back.
Result<std::int64_t> other(const Sums& sums) {
  LEDGER_TRY(const std::int64_t charged, add_checked(sums.opening.sum, sums.invoiced));
  LEDGER_TRY(const std::int64_t settled, add_checked(sums.closing.sum, sums.paid));
  return settled - charged;  // of two that are not negative
}

Status add_lines(Report& report, const std::string& currency, const Sums& sums) {
  const auto line = [&](std::string id, std::int64_t value) {
    report.lines.push_back({Section::kDebts, std::move(id), value, currency, kDuty});
  };
  const auto open = [&](const std::string& when, const Open& debt) {
    line("debts." + when, debt.sum);
    for (std::size_t i = 0; i < kBuckets; ++i) {
      line("debts." + when + '.' + std::string(kBucketNames[i]), debt.buckets[i]);
    }
  };
  open("opening", sums.opening);
  line("debts.invoiced", sums.invoiced);
  line("debts.paid", sums.paid);
  LEDGER_TRY(const std::int64_t rest, other(sums));
  line("debts.other", rest);
  open("closing", sums.closing);
  line("debts.fell_due", sums.fallen_due.due);
  line("debts.paid_in_time", sums.fallen_due.in_time);
  if (sums.fallen_due.due <= 0) return {};  // a share of nothing is none
  // Without overflow: of sums that large, hundredths are exact enough.
  const auto share =
      static_cast<std::int64_t>(static_cast<long double>(sums.fallen_due.in_time) * 100.0L /
                                static_cast<long double>(sums.fallen_due.due));
  report.lines.push_back({Section::kDebts, "debts.in_time_share." + currency, share, "%", kDuty});
  return {};
}

void add_lines(Report& report, const Work& work) {
  const auto line = [&](std::string_view id, std::int64_t value) {
    report.lines.push_back({Section::kDebts, std::string(id), value, "", kDuty});
  };
  line("debts.promises_due", work.promises_due);
  line("debts.promises_kept", work.promises_kept);
  line("debts.actions", work.actions);
  line("debts.reminders", work.reminders);
  line("debts.promises", work.promises);
}

}  // namespace

Result<directory::Calendar> promise_calendar(const ViewSnapshot& snapshot, Date month,
                                             Timestamp known_at) {
  return directory::Calendar::read(snapshot, CalendarKind::kBusiness, month,
                                   add_days(last_of_month(month), receivables::kGraceSearchDays),
                                   known_at);
}

Result<receivables::PromiseRule> promise_rule_of(const ViewSnapshot& snapshot, Date month,
                                                 Timestamp known_at) {
  LEDGER_TRY(const auto policies, directory::policies(snapshot));
  return receivables::promise_rule(policies.rules, {last_of_month(month), known_at});
}

Status add_debts(Report& report, const ViewSnapshot& snapshot, const BusinessZone& zone) {
  ByCurrency sums;
  Work work;
  LEDGER_TRY(const auto calendar, promise_calendar(snapshot, report.month, report.known_at));
  LEDGER_TRY(const auto rule, promise_rule_of(snapshot, report.month, report.known_at));
  const Span span = span_of(report, zone, calendar, rule);
  LEDGER_TRY(const auto cards, answered_clients(snapshot, report.manager.manager_id,
                                                {report.month, report.known_at, zone}));
  for (const auto& card : cards) {
    LEDGER_TRY(const auto account, receivables::account_of(snapshot, card.client));
    LEDGER_CHECK(add_promises(work, account, span, calendar));
    LEDGER_CHECK(add_work(work, snapshot, card.client, account, span));
    LEDGER_TRY(const auto opening, receivables::statements(account, span.opening));
    LEDGER_TRY(const auto closing, receivables::statements(account, span.closing));
    LEDGER_CHECK(add_open(sums, &Sums::opening, opening));
    LEDGER_CHECK(add_open(sums, &Sums::closing, closing));
    LEDGER_CHECK(add_fallen_due(sums, closing, span));
    LEDGER_CHECK(add_month(sums, account, span));
  }
  for (const auto& [currency, sum] : sums) LEDGER_CHECK(add_lines(report, currency, sum));
  add_lines(report, work);
  return {};
}

}  // namespace ledger::monthly_report
