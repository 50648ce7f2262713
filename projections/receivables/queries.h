#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "projections/receivables/settlement.h"
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
  std::int64_t unallocated_minor = 0;  // settles no item: an advance, never a bucket
  std::int64_t disputed_minor = 0;     // of the buckets
  std::int64_t conflict_minor = 0;     // instructed, but neither open nor free
  std::int64_t balance_minor = 0;

  struct OpenItem {
    Item item;
    std::int64_t disputed_minor = 0;  // of what is open
    int days_past_due = 0;
    [[nodiscard]] std::int64_t undisputed_minor() const { return item.open_minor - disputed_minor; }
  };
  std::vector<OpenItem> open_items;  // by due date, issue date, id
  std::vector<Credit> free_credits;  // by date
  std::vector<Conflict> conflicts;
};

// By currency code. kOutOfRange if a sum does not fit into int64.
[[nodiscard]] Result<std::vector<Ageing>> age(const AccountRow& account, const Moment& moment);
// The same of an account that is settled already.
[[nodiscard]] Result<std::vector<Ageing>> age(const AccountRow& account, const Settlement& settled,
                                              const Moment& moment);

[[nodiscard]] Result<std::optional<AccountRow>> account(const ViewSnapshot& snapshot,
                                                        std::string_view client_id);
// Accounts by client id, from the first id >= `from`, until `visit` returns false.
[[nodiscard]] Status scan_accounts(
    const ViewSnapshot& snapshot, std::string_view from,
    const std::function<bool(std::string_view client_id, const AccountRow&)>& visit);

}  // namespace ledger::receivables
