#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "projections/receivables/rows.h"
#include "projections/store/view_store.h"

namespace ledger::receivables {

// Days past due on the date asked for: <= 0, 1-30, 31-60, 61-90, >= 91 (domain-semantics.md 4b).
inline constexpr std::size_t kBuckets = 5;
constexpr std::array<std::string_view, kBuckets> kBucketNames{"not_due", "days_1_30", "days_31_60",
                                                              "days_61_90", "days_over_90"};
[[nodiscard]] std::size_t bucket_of(int days_past_due);

// One currency of one client as of a date. The buckets' sum less `unallocated` is the balance,
// always; currencies are never added up.
struct Ageing {
  Currency currency;
  std::array<std::int64_t, kBuckets> buckets_minor{};
  std::int64_t unallocated_minor = 0;  // paid beyond what is invoiced: an advance, never a bucket
  std::int64_t balance_minor = 0;

  struct Item {
    AccountRow::Invoice invoice;
    std::int64_t open_minor = 0;
    int days_past_due = 0;
  };
  std::vector<Item> open_items;  // by due date
};

// Counts what was issued or booked on or before `as_of`. Payments settle the oldest due item first
// (due date, issue date, id). kOutOfRange if a sum does not fit into int64. By currency code.
[[nodiscard]] Result<std::vector<Ageing>> age(const AccountRow& account, Date as_of);

[[nodiscard]] Result<std::optional<AccountRow>> account(const ViewSnapshot& snapshot,
                                                        std::string_view client_id);
// Accounts by client id, from the first id >= `from`, until `visit` returns false.
[[nodiscard]] Status scan_accounts(
    const ViewSnapshot& snapshot, std::string_view from,
    const std::function<bool(std::string_view client_id, const AccountRow&)>& visit);

}  // namespace ledger::receivables
