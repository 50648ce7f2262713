#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "projections/directory/working_time.h"
#include "projections/receivables/queries.h"

// How a debt is asked for: promises to pay and reminders (domain-semantics.md 4b).
namespace ledger::receivables {

// Part and broken: the time is over, and less than promised came, or nothing.
enum class PromiseState { kOpen, kKept, kPart, kBroken };
constexpr auto names(PromiseState) { return words("open", "kept", "part", "broken"); }

struct PromiseStanding {
  PromiseToPayMade promise;
  PromiseState state{};
  Date deadline;  // kPromiseGraceDays working days after the promised one
  std::int64_t paid_minor = 0;
};

inline constexpr int kPromiseGraceDays = 2;
inline constexpr int kPromiseGraceDaysMax = 31;  // calendar days: nobody waits out a longer holiday
// The newest promise; it replaces the earlier ones.
[[nodiscard]] std::optional<PromiseToPayMade> newest_promise(const AccountRow& account,
                                                             const Moment& moment);
// What was booked from the day of the promise to its deadline counts as paid, allocated or not,
// unless it pays invoices that were not promised. kOutOfRange beyond int64.
[[nodiscard]] Result<PromiseStanding> standing_of(const PromiseToPayMade& promise,
                                                  const Settlement& settled, const Moment& moment,
                                                  const directory::Calendar& calendar);

// Days past due from which a level of dunning.sent is due: notice, reminder, letter, claim, lawyer.
inline constexpr std::array<int, 5> kDunningDays{-3, 1, 10, 30, 60};

struct DunningStep {
  InvoiceId invoice_id;
  std::int64_t level = 0;
};
// The reminder that is due and was not sent: of the highest level that the oldest item has reached,
// items that are disputed whole left out. None while the client owes nothing on balance, and none
// while a promise for that item is open; only the first two promises for an item suspend.
[[nodiscard]] std::optional<DunningStep> next_dunning(
    const AccountRow& account, const Ageing& ageing, const Moment& moment,
    const std::optional<PromiseStanding>& promise);

// The highest level sent for an invoice; nullopt if none was.
[[nodiscard]] std::optional<std::int64_t> level_sent(const AccountRow& account,
                                                     const InvoiceId& invoice,
                                                     const Moment& moment);

}  // namespace ledger::receivables
