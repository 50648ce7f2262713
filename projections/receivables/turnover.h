#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>

#include "projections/receivables/rows.h"

namespace ledger::receivables {

using ledger::AsOf;

// The twelve months by which clients are ranked (domain-semantics.md 1.3, 48, and 4d).
inline constexpr int kTurnoverDays = 365;

// What a client paid in the twelve months that end with the day, by currency code: less what was
// paid back in them, and without what the bank reversed. Below zero where more was paid back than
// paid. kOutOfRange beyond int64.
using PaidByCurrency = std::map<std::string, std::int64_t>;
[[nodiscard]] Result<PaidByCurrency> paid_turnover(const AccountRow& account, const AsOf& as_of);
[[nodiscard]] Result<PaidByCurrency> paid_turnover(const PaidHead& account, const AsOf& as_of);
// Likewise of the days from `from` to `to`, both included.
[[nodiscard]] Result<PaidByCurrency> paid_between(const AccountRow& account, Date from, Date to,
                                                  const AsOf& as_of);

// Payments by the day that are none: an event before told them, or the bank reversed them.
[[nodiscard]] std::set<Position> no_payments(const AccountRow& account, const AsOf& as_of);

}  // namespace ledger::receivables
