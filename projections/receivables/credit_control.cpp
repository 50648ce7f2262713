#include "projections/receivables/credit_control.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace ledger::receivables {

namespace {

bool is_for(const PromiseToPayMade& promise, const InvoiceId& invoice) {
  const auto& named = promise.invoice_ids;
  return named.empty() || std::find(named.begin(), named.end(), invoice) != named.end();
}

// The last one that was made: at all, or for an invoice.
const PromiseToPayMade* newest_promise(const AccountRow& account, const AsOf& as_of,
                                       const InvoiceId* invoice = nullptr) {
  const Said<PromiseToPayMade>* newest = nullptr;
  for (const auto& said : account.promises) {
    if (!as_of.sees(said.known, said.data.made_on)) continue;
    if (invoice != nullptr && !is_for(said.data, *invoice)) continue;
    if (newest == nullptr || std::tie(newest->data.made_on, newest->position) <
                                 std::tie(said.data.made_on, said.position)) {
      newest = &said;
    }
  }
  return newest == nullptr ? nullptr : &newest->data;
}

Result<std::int64_t> paid_for(const PromiseToPayMade& promise, const Settlement& settled,
                              Date last) {
  std::int64_t paid = 0;
  const auto counts = [&](const Settlement::Credit& credit) {
    return credit.kind == CreditKind::kPayment && !credit.reversed &&
           credit.amount.currency == promise.amount.currency && promise.made_on <= credit.since &&
           credit.since <= last;
  };
  for (const auto& credit : settled.credits) {
    if (!counts(credit)) continue;
    LEDGER_TRY(paid, add_checked(paid, credit.amount.amount_minor - credit.spent_minor));
  }
  for (const auto& slice : settled.slices) {
    const InvoiceId& invoice = settled.items[slice.item].invoice.invoice_id;
    if (counts(settled.credits[slice.credit]) && !is_for(promise, invoice)) {
      paid -= slice.amount_minor;
    }
  }
  return paid;
}

PromiseState state_of(const PromiseStanding& standing, Date day) {
  if (standing.paid_minor >= standing.promise.amount.amount_minor) return PromiseState::kKept;
  if (day <= standing.grace_until) return PromiseState::kOpen;
  return standing.paid_minor > 0 ? PromiseState::kPart : PromiseState::kBroken;
}

bool is_newer(const Said<PromiseToPayMade>& one, const Said<PromiseToPayMade>& other) {
  return std::tie(other.data.made_on, other.position) < std::tie(one.data.made_on, one.position);
}

bool share_an_item(const PromiseToPayMade& one, const PromiseToPayMade& other) {
  const auto& named = one.invoice_ids;
  return named.empty() || std::any_of(named.begin(), named.end(),
                                      [&](const auto& invoice) { return is_for(other, invoice); });
}

// Another word was given for it while it was open still.
Result<bool> is_replaced(const AccountRow& account, const Said<PromiseToPayMade>& said,
                         const PromiseStanding& standing, const Settlement& settled,
                         const AsOf& as_of) {
  for (const auto& other : account.promises) {
    if (!as_of.sees(other.known, other.data.made_on) || !is_newer(other, said)) continue;
    if (other.data.made_on > standing.grace_until) continue;
    if (!share_an_item(said.data, other.data)) continue;
    LEDGER_TRY(const std::int64_t paid, paid_for(said.data, settled, other.data.made_on));
    if (paid < said.data.amount.amount_minor) return true;
  }
  return false;
}

// Until the promised day, not the end of the days that are waited before a promise counts as
// broken; and no longer than until what was promised has come.
Result<bool> is_suspended(const AccountRow& account, const InvoiceId& invoice, const AsOf& as_of,
                          const Dunning& rule) {
  const auto* promise = newest_promise(account, as_of, &invoice);
  if (promise == nullptr || as_of.day > promise->due_on) return false;
  const auto promised =
      std::count_if(account.promises.begin(), account.promises.end(), [&](const auto& said) {
        return as_of.sees(said.known, said.data.made_on) && is_for(said.data, invoice);
      });
  if (promised > rule.suspending_promises) return false;
  LEDGER_TRY(const Settlement settled, settle(account, as_of));
  LEDGER_TRY(const std::int64_t paid, paid_for(*promise, settled, as_of.day));
  return paid < promise->amount.amount_minor;
}

// Before it is known what was paid.
PromiseStanding standing_of(const AccountRow& account, const PromiseToPayMade& promise,
                            const AsOf& as_of, const directory::Calendar& calendar) {
  PromiseRule rule = promise_rule(account.rules, {promise.due_on, as_of.known_at});
  const Date grace = grace_until(promise.due_on, calendar, rule);
  return {promise, PromiseState::kOpen, grace, std::move(rule.version), 0};
}

}  // namespace

Date grace_until(Date due_on, const directory::Calendar& calendar, const PromiseRule& rule) {
  Date day = due_on;
  std::int64_t left = rule.grace_working_days;
  for (int i = 0; i < kGraceSearchDays && left > 0; ++i) {
    day = add_days(day, 1);
    if (calendar.minutes(day) > 0) --left;
  }
  return day;
}

Result<std::optional<PromiseStanding>> promise_of(const AccountRow& account, const AsOf& as_of,
                                                  const directory::Calendar& calendar) {
  const auto* promise = newest_promise(account, as_of);
  if (promise == nullptr) return std::nullopt;
  LEDGER_TRY(const Settlement settled, settle(account, as_of));
  PromiseStanding standing = standing_of(account, *promise, as_of, calendar);
  LEDGER_TRY(standing.paid_minor, paid_for(*promise, settled, standing.grace_until));
  standing.state = state_of(standing, as_of.day);
  return standing;
}

Result<std::vector<PromiseStanding>> promises_due(const AccountRow& account, Date from, Date to,
                                                  const AsOf& as_of,
                                                  const directory::Calendar& calendar) {
  std::vector<PromiseStanding> found;
  const auto is_due = [&](const auto& said) {
    const Date day = said.data.due_on;
    return from <= day && day <= to && as_of.sees(said.known, said.data.made_on);
  };
  if (std::none_of(account.promises.begin(), account.promises.end(), is_due)) return found;
  LEDGER_TRY(const Settlement settled, settle(account, as_of));
  for (const auto& said : account.promises) {
    if (!is_due(said)) continue;
    PromiseStanding standing = standing_of(account, said.data, as_of, calendar);
    LEDGER_TRY(const bool replaced, is_replaced(account, said, standing, settled, as_of));
    if (replaced) continue;
    LEDGER_TRY(standing.paid_minor, paid_for(said.data, settled, standing.grace_until));
    standing.state = state_of(standing, as_of.day);
    // Of one day in the order in which they were made.
    const auto after = std::upper_bound(
        found.begin(), found.end(), standing.promise.due_on,
        [](Date due_on, const auto& other) { return due_on < other.promise.due_on; });
    found.insert(after, std::move(standing));
  }
  return found;
}

Result<std::optional<NextReminder>> next_reminder(const AccountRow& account,
                                                  const Statement& statement, const AsOf& as_of) {
  if (statement.balance_minor <= 0) return std::nullopt;
  const auto oldest =
      std::find_if(statement.items.begin(), statement.items.end(), [](const Item& item) {
        return item.kind == ItemKind::kInvoice && item.open_minor > item.disputed_minor;
      });
  if (oldest == statement.items.end()) return std::nullopt;
  const InvoiceId& invoice = oldest->invoice.invoice_id;
  const Dunning rule = dunning_rule(account.rules, as_of);
  const auto& levels = rule.level_days;
  const auto reached = std::upper_bound(levels.begin(), levels.end(), days_after_grace(*oldest));
  const auto reached_level = static_cast<int>(reached - levels.begin()) - 1;
  const auto sent = static_cast<int>(level_sent(account, *oldest, as_of));
  const bool is_reached = reached_level > sent;
  const int level = is_reached ? reached_level : sent + 1;
  if (level >= static_cast<int>(levels.size())) return std::nullopt;
  NextReminder next{{invoice, level, std::nullopt, rule.version}, {}, is_reached};
  if (oldest->due.instalments > 1) next.step.instalment = oldest->due.instalment;
  const auto days = static_cast<int>(levels.at(static_cast<std::size_t>(level)));
  const int grace = days > 0 ? static_cast<int>(oldest->due.grace_days) : 0;
  next.on = add_days(oldest->due.on, days + grace);
  LEDGER_TRY(const bool suspended, is_suspended(account, invoice, as_of, rule));
  if (suspended) {
    const auto* promise = newest_promise(account, as_of, &invoice);
    next.on = std::max(next.on, add_days(promise->due_on, 1));
    next.is_due = false;
  }
  return next;
}

Result<std::optional<DunningStep>> next_dunning(const AccountRow& account,
                                                const Statement& statement, const AsOf& as_of) {
  LEDGER_TRY(auto next, next_reminder(account, statement, as_of));
  if (!next || !next->is_due) return std::nullopt;
  return std::move(next->step);
}

int days_after_grace(const Item& item) {
  const int late = item.days_past_due;
  return late > 0 ? std::max(late - static_cast<int>(item.due.grace_days), 0) : late;
}

namespace {

using Reminder = Told<DunningSent>;
using Outcome = Told<DunningDeliveryChanged>;
using Part = std::optional<std::int64_t>;

// When it was: who tells of a day only tells what came after what by the times of his events.
auto order(const auto& told) {
  return std::tie(told.day, told.time, told.known.recorded, told.position);
}

// The last reminder, of that part or of all, which had gone out by then; where the first one was
// written down only later that day, that one.
const Reminder* meant(const AccountRow& account, const Outcome& outcome, const Part& part,
                      const AsOf& as_of) {
  const Reminder* last = nullptr;
  const Reminder* next = nullptr;
  for (const auto& sent : account.dunning) {
    if (!as_of.sees(sent.known, sent.day) || sent.data.instalment != part) continue;
    if (sent.data.invoice_id != outcome.data.invoice_id || sent.data.level != outcome.data.level) {
      continue;
    }
    if (order(sent) < order(outcome)) {
      if (last == nullptr || order(*last) < order(sent)) last = &sent;
    } else if (sent.day == outcome.day && (next == nullptr || order(sent) < order(*next))) {
      next = &sent;
    }
  }
  return last != nullptr ? last : next;
}

bool is_about(const AccountRow& account, const Outcome& outcome, const Reminder& sent,
              const AsOf& as_of) {
  const Part& named = outcome.data.instalment;
  const Part& of = sent.data.instalment;
  const auto* exact = meant(account, outcome, named, as_of);
  if (exact != nullptr) return exact == &sent;
  if (named && of) return false;
  return meant(account, outcome, of, as_of) == &sent;
}

bool came_back(const AccountRow& account, const Reminder& sent, const AsOf& as_of) {
  const Outcome* last = nullptr;
  for (const auto& outcome : account.dunning_delivery) {
    if (!as_of.sees(outcome.known, outcome.day)) continue;
    if (!is_about(account, outcome, sent, as_of)) continue;
    if (last == nullptr || order(*last) < order(outcome)) last = &outcome;
  }
  return last != nullptr && last->data.status == DeliveryStatus::kBouncedHard;
}

}  // namespace

std::vector<const Told<DunningSent>*> reminders(const AccountRow& account, const AsOf& as_of) {
  std::vector<const Told<DunningSent>*> found;
  for (const auto& said : account.dunning) {
    if (!as_of.sees(said.known, said.day) || came_back(account, said, as_of)) continue;
    found.push_back(&said);
  }
  return found;
}

std::int64_t level_sent(const AccountRow& account, const Item& item, const AsOf& as_of) {
  std::int64_t highest = -1;
  for (const auto* said : reminders(account, as_of)) {
    if (said->data.invoice_id != item.invoice.invoice_id) continue;
    if (said->data.instalment.value_or(item.due.instalment) != item.due.instalment) continue;
    highest = std::max(highest, said->data.level);
  }
  return highest;
}

}  // namespace ledger::receivables
