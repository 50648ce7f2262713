#include "projections/receivables/collection.h"

#include <algorithm>
#include <tuple>

namespace ledger::receivables {

namespace {

constexpr int kSuspendingPromises = 2;

Date working_days_after(Date day, int count, const directory::Calendar& calendar) {
  for (int i = 0; i < kPromiseGraceDaysMax && count > 0; ++i) {
    day = add_days(day, 1);
    if (calendar.minutes(day) > 0) --count;
  }
  return day;
}

bool is_for(const PromiseToPayMade& promise, const InvoiceId& invoice) {
  const auto& named = promise.invoice_ids;
  return named.empty() || std::find(named.begin(), named.end(), invoice) != named.end();
}

Result<std::int64_t> paid_for(const PromiseToPayMade& promise, const Settlement& settled,
                              Date deadline) {
  std::int64_t paid = 0;
  const auto counts = [&](const Credit& credit) {
    return credit.kind == CreditKind::kPayment && !credit.reversed &&
           credit.amount.currency == promise.amount.currency && promise.made_on <= credit.since &&
           credit.since <= deadline;
  };
  for (const auto& credit : settled.credits) {
    if (!counts(credit)) continue;
    LEDGER_TRY(paid, add_checked(paid, credit.amount.amount_minor - credit.spent_minor));
  }
  for (const auto& slice : settled.slices) {
    if (counts(settled.credits[slice.credit]) &&
        !is_for(promise, settled.items[slice.item].invoice_id)) {
      paid -= slice.amount_minor;
    }
  }
  return paid;
}

bool is_suspended(const AccountRow& account, const InvoiceId& invoice, const Moment& moment,
                  const std::optional<PromiseStanding>& promise) {
  if (!promise || promise->state != PromiseState::kOpen || !is_for(promise->promise, invoice)) {
    return false;
  }
  const auto promised =
      std::count_if(account.promises.begin(), account.promises.end(), [&](const auto& said) {
        return moment.sees(said.known, said.data.made_on) && is_for(said.data, invoice);
      });
  return promised <= kSuspendingPromises;
}

}  // namespace

std::optional<PromiseToPayMade> newest_promise(const AccountRow& account, const Moment& moment) {
  const Said<PromiseToPayMade>* newest = nullptr;
  for (const auto& said : account.promises) {
    if (!moment.sees(said.known, said.data.made_on)) continue;
    if (newest == nullptr || std::tie(newest->data.made_on, newest->position) <
                                 std::tie(said.data.made_on, said.position)) {
      newest = &said;
    }
  }
  if (newest == nullptr) return std::nullopt;
  return newest->data;
}

Result<PromiseStanding> standing_of(const PromiseToPayMade& promise, const Settlement& settled,
                                    const Moment& moment, const directory::Calendar& calendar) {
  PromiseStanding standing;
  standing.promise = promise;
  standing.deadline = working_days_after(promise.due_on, kPromiseGraceDays, calendar);
  LEDGER_TRY(standing.paid_minor, paid_for(promise, settled, standing.deadline));
  if (standing.paid_minor >= promise.amount.amount_minor) {
    standing.state = PromiseState::kKept;
  } else if (moment.as_of <= standing.deadline) {
    standing.state = PromiseState::kOpen;
  } else {
    standing.state = standing.paid_minor > 0 ? PromiseState::kPart : PromiseState::kBroken;
  }
  return standing;
}

std::optional<DunningStep> next_dunning(const AccountRow& account, const Ageing& ageing,
                                        const Moment& moment,
                                        const std::optional<PromiseStanding>& promise) {
  if (ageing.balance_minor <= 0) return std::nullopt;
  const auto oldest =
      std::find_if(ageing.open_items.begin(), ageing.open_items.end(), [](const auto& open) {
        return open.item.kind == ItemKind::kInvoice && open.undisputed_minor() > 0;
      });
  if (oldest == ageing.open_items.end()) return std::nullopt;
  const InvoiceId& invoice = oldest->item.invoice_id;
  const auto reached =
      std::upper_bound(kDunningDays.begin(), kDunningDays.end(), oldest->days_past_due);
  const std::int64_t level = (reached - kDunningDays.begin()) - 1;
  if (level <= level_sent(account, invoice, moment).value_or(-1)) return std::nullopt;
  if (is_suspended(account, invoice, moment, promise)) return std::nullopt;
  return DunningStep{invoice, level};
}

std::optional<std::int64_t> level_sent(const AccountRow& account, const InvoiceId& invoice,
                                       const Moment& moment) {
  std::optional<std::int64_t> highest;
  for (const auto& said : account.dunning) {
    if (said.data.invoice_id != invoice || !moment.sees(said.known, said.data.sent_on)) continue;
    highest = std::max(highest, std::optional(said.data.level));
  }
  return highest;
}

}  // namespace ledger::receivables
