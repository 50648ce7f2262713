#pragma once

#include "consumers/query/context.h"
#include "projections/receivables/queries.h"

namespace ledger {

// Days of one answer at most: every day folds the books of every client anew.
inline constexpr std::size_t kAgeingDaysMax = 62;
// Days between two of them at most.
inline constexpr int kAgeingStepMax = 366;

// GET /v1/receivables/ageing/days?from=&to=&step=&basis=: debts over time as a flat table, a row a
// day, currency and bucket, for plots and spreadsheets. Of the clients whom one sees, by what is
// known, or was at `known_at`. `to` is the day of `as_of` unless said, `from` 29 days before it; of
// every `step` days the last one, counted back from `to`. A currency that has a debt on one of the
// days has rows on each. A day to come is as it will be if nothing is paid. kOutOfRange for more
// than kAgeingDaysMax days and for a step beyond kAgeingStepMax.
[[nodiscard]] Result<http::Response> get_ageing_days(const QueryContext& context,
                                                     const Query& query);

}  // namespace ledger
