#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "projections/receivables/queries.h"

// Whether goods may still go out on credit (domain-semantics.md 4b, credit limit).
namespace ledger::receivables {

// One currency. An order counts from its placing to its closing, since an invoice does not say
// which order it is for; a prepaid one never does.
struct Exposure {
  Currency currency;
  std::int64_t orders_minor = 0;
  std::int64_t exposure_minor = 0;  // balance and orders
  std::optional<std::int64_t> limit_minor;
  [[nodiscard]] bool over_limit() const { return limit_minor && exposure_minor > *limit_minor; }
};
// By currency code: every one that is owed, ordered or limited in.
[[nodiscard]] Result<std::vector<Exposure>> exposures(const AccountRow& account,
                                                      const std::vector<Ageing>& ageings,
                                                      const Moment& moment);

enum class StopReason { kByHand, kOverLimit, kOverdue, kClaimSent };
constexpr auto names(StopReason) { return words("by_hand", "over_limit", "overdue", "claim_sent"); }

// The client as a whole: one reason in one currency stops all shipping.
struct ShipmentStop {
  std::vector<StopReason> reasons;
  std::optional<Date> released_until;  // by hand, whatever the reasons
  [[nodiscard]] bool stopped() const { return !reasons.empty() && !released_until; }
};

inline constexpr int kStopDaysPastDue = 30;
inline constexpr std::int64_t kStopDunningLevel = 3;
// By hand until it is released; of itself over the limit, with an undisputed item more than
// kStopDaysPastDue days past due, or with one whose claim was sent. A release without a last day
// ends a stop by hand only; one with a last day lifts every stop up to then, and no longer.
[[nodiscard]] ShipmentStop shipment_stop(const AccountRow& account,
                                         const std::vector<Ageing>& ageings,
                                         const std::vector<Exposure>& exposures,
                                         const Moment& moment);

}  // namespace ledger::receivables
