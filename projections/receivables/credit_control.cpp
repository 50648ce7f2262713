#include "projections/receivables/credit_control.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace ledger::receivables {

namespace {

constexpr int kGraceWorkingDays = 2;
constexpr int kGraceSearchDays = 31;  // no calendar is off for a month
// Days past due at which each level is due.
constexpr std::array kLevels{-3, 1, 10, 30, 60};

Date grace_until(Date due_on, const directory::Calendar& calendar) {
  Date day = due_on;
  int left = kGraceWorkingDays;
  for (int i = 0; i < kGraceSearchDays && left > 0; ++i) {
    day = add_days(day, 1);
    if (calendar.minutes(day) > 0) --left;
  }
  return day;
}

// The last said of a list by business day, then by the log.
template <class E, class Day>
const E* latest(const std::vector<Said<E>>& list, const AsOf& as_of, Day&& day_of) {
  const Said<E>* best = nullptr;
  for (const auto& said : list) {
    if (!said.known.at(as_of.known_at) || day_of(said.data) > as_of.day) continue;
    if (best == nullptr || std::tuple(day_of(best->data), best->position) <
                               std::tuple(day_of(said.data), said.position)) {
      best = &said;
    }
  }
  return best == nullptr ? nullptr : &best->data;
}

}  // namespace

std::optional<PromiseStanding> promise_of(const AccountRow& account, const AsOf& as_of,
                                          const directory::Calendar& calendar) {
  const auto* promise =
      latest(account.promises, as_of, [](const auto& said) { return said.made_on; });
  if (promise == nullptr) return std::nullopt;
  PromiseStanding standing{*promise, PromiseState::kOpen, grace_until(promise->due_on, calendar),
                           0};
  for (const auto& payment : account.payments) {
    const bool counts = payment.known.at(as_of.known_at) &&
                        payment.amount.currency == promise->amount.currency &&
                        payment.booked_on >= promise->made_on &&
                        payment.booked_on <= std::min(standing.grace_until, as_of.day);
    if (!counts) continue;
    standing.paid_minor = add_checked(standing.paid_minor, payment.amount.amount_minor)
                              .value_or(promise->amount.amount_minor);
  }
  if (standing.paid_minor >= promise->amount.amount_minor) {
    standing.state = PromiseState::kKept;
  } else if (as_of.day > standing.grace_until) {
    standing.state = standing.paid_minor > 0 ? PromiseState::kPart : PromiseState::kBroken;
  }
  return standing;
}

std::optional<DunningStep> next_dunning(const AccountRow& account, const Statement& statement,
                                        const AsOf& as_of,
                                        const std::optional<PromiseStanding>& promise) {
  if (statement.balance_minor <= 0) return std::nullopt;
  if (promise && promise->state == PromiseState::kOpen) return std::nullopt;
  const auto oldest =
      std::find_if(statement.items.begin(), statement.items.end(),
                   [](const Item& item) { return item.open_minor > item.disputed_minor; });
  if (oldest == statement.items.end()) return std::nullopt;
  int due = -1;
  for (std::size_t level = 0; level < kLevels.size(); ++level) {
    if (oldest->days_past_due >= kLevels[level]) due = static_cast<int>(level);
  }
  const bool taken =
      std::any_of(account.dunning.begin(), account.dunning.end(), [&](const auto& said) {
        return said.known.at(as_of.known_at) && said.data.sent_on <= as_of.day &&
               said.data.invoice_id == oldest->invoice.invoice_id && said.data.level >= due;
      });
  if (due < 0 || taken) return std::nullopt;
  return DunningStep{oldest->invoice.invoice_id, due};
}

std::optional<Money> credit_limit(const AccountRow& account, const AsOf& as_of) {
  const auto* limit =
      latest(account.limits, as_of, [](const auto& said) { return said.effective_from; });
  if (limit == nullptr) return std::nullopt;
  return limit->amount;
}

ShipmentStop shipment_stop(const AccountRow& account, const std::string& currency,
                           const Statement& statement, const AsOf& as_of) {
  const auto* stop = latest(account.stops, as_of, [](const auto& said) { return said.stopped_on; });
  const auto* release =
      latest(account.releases, as_of, [](const auto& said) { return said.released_on; });
  const bool released = release != nullptr && (!release->until || as_of.day <= *release->until);
  if (stop != nullptr && !(released && release->released_on >= stop->stopped_on)) {
    return {true, stop->reason};
  }
  if (released && release->until) return {};
  const auto limit = credit_limit(account, as_of);
  if (limit && limit->currency.text() == currency &&
      statement.balance_minor > limit->amount_minor) {
    return {true, "limit"};
  }
  const bool overdue =
      std::any_of(statement.items.begin(), statement.items.end(), [](const Item& item) {
        return item.open_minor > item.disputed_minor && item.days_past_due > kStopDaysPastDue;
      });
  if (overdue) return {true, "overdue"};
  return {};
}

}  // namespace ledger::receivables
