#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "projections/directory/one_client.h"
#include "projections/receivables/statement.h"
#include "projections/store/view_store.h"

namespace ledger::receivables {

// Days past due on the date asked for: <= 0, 1-30, 31-60, 61-90, >= 91 (domain-semantics.md 4b).
inline constexpr std::size_t kBuckets = 5;
constexpr std::array<std::string_view, kBuckets> kBucketNames{"not_due", "days_1_30", "days_31_60",
                                                              "days_61_90", "days_over_90"};
[[nodiscard]] std::size_t bucket_of(int days_past_due);

// From which day an item is aged: its due date, or, as a view of its own, the invoice's issue; then
// the first bucket holds what was issued on the day itself.
enum class Basis { kDue, kIssue };
constexpr auto names(Basis) { return words("due", "issue"); }

// What falls due so soon is asked for: up to so many days after the date (domain-semantics.md 1.4,
// row 63).
inline constexpr int kDueSoonDays = 7;

// One currency of one client, or of all, as of a date. The buckets' sum less `unallocated` is the
// balance, always; currencies are never added up.
struct Ageing {
  Currency currency;
  std::array<std::int64_t, kBuckets> buckets_minor{};
  std::int64_t not_due_minor = 0;      // of the buckets, by due date, whatever the basis
  std::int64_t due_7_days_minor = 0;   // of it: due on the date or up to kDueSoonDays after it
  std::int64_t unallocated_minor = 0;  // money that pays nothing yet: never a negative bucket
  std::int64_t balance_minor = 0;
  std::int64_t disputed_minor = 0;  // of the buckets
  std::int64_t conflict_minor = 0;  // allocations beyond what was open or free
  std::int64_t invoiced_90_days_minor = 0;
  std::int64_t charges_90_days_minor = 0;   // which are no sales
  std::int64_t open_90_days_ago_minor = 0;  // the buckets' sum then, by ageings()
  std::int64_t fallen_due_minor =
      0;  // before the date, less what credit notes took off and what is disputed
  std::int64_t paid_in_time_minor = 0;

  [[nodiscard]] std::int64_t open_minor() const;  // the buckets' sum
  // Days of sales outstanding: balance ÷ invoiced in 90 days × 90; 0 for who is in credit, absent
  // without sales.
  [[nodiscard]] std::optional<std::int64_t> dso_days() const;
  // The same if nothing were overdue: what is not due yet ÷ invoiced in 90 days × 90.
  [[nodiscard]] std::optional<std::int64_t> best_possible_dso_days() const;
  // By how much lateness makes it longer; never negative.
  [[nodiscard]] std::optional<std::int64_t> average_days_delinquent() const;
  // Collection effectiveness index: of what could be collected in 90 days, the hundredths that
  // were: (open then + invoiced - open now) ÷ (open then + invoiced - not due now).
  [[nodiscard]] std::optional<std::int64_t> collection_effectiveness_percent() const;
  // Hundredths of what fell due that was paid by its due date; absent if nothing fell due.
  [[nodiscard]] std::optional<std::int64_t> on_time_percent() const;
};
[[nodiscard]] Result<Ageing> age(const Statement& statement, const Currency& currency,
                                 Basis basis = Basis::kDue);
// Of all currencies of an account, with what was open 90 days before.
[[nodiscard]] Result<std::map<std::string, Ageing>> ageings(
    const AccountRow& account, const std::map<std::string, Statement>& books, const AsOf& as_of,
    Basis basis = Basis::kDue);
// kOutOfRange beyond int64.
[[nodiscard]] Status add_to(Ageing& total, const Ageing& part);

[[nodiscard]] Result<std::optional<AccountRow>> account(const ViewSnapshot& snapshot,
                                                        std::string_view client_id);
// All that is booked on the cards that are one client, less what was split off, by position.
[[nodiscard]] Result<AccountRow> account_of(const ViewSnapshot& snapshot,
                                            const directory::OneClient& client);
// What was paid, card by card as it lies: no merges, no splits. Until `visit` returns false.
[[nodiscard]] Status scan_paid(
    const ViewSnapshot& snapshot,
    const std::function<bool(std::string_view card, const PaidHead& paid)>& visit);
// Clients whose money the accounts hold: the surviving card of each, and of what was split off.
[[nodiscard]] Result<std::set<std::string>> clients(const ViewSnapshot& snapshot,
                                                    const std::optional<Timestamp>& known_at);

}  // namespace ledger::receivables
