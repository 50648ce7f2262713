#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "projections/receivables/statement.h"

// Whether goods may still go out on credit (domain-semantics.md 4b, credit limit).
namespace ledger::receivables {

// One currency. An order counts from its placing to its closing, since an invoice does not say
// which order it is for; a prepaid one never does.
struct Exposure {
  std::int64_t orders_minor = 0;
  std::int64_t exposure_minor = 0;  // balance and orders
  std::optional<std::int64_t> limit_minor;
};
// By currency code: every one that is owed, ordered or limited in. kOutOfRange beyond int64.
[[nodiscard]] Result<std::map<std::string, Exposure>> exposures(
    const AccountRow& account, const std::map<std::string, Statement>& books, const AsOf& as_of);

// Of the client as a whole: a reason in one currency stops all shipping.
struct ShipmentStop {
  std::vector<std::string> reasons;    // what the person said; "limit", "overdue", "claim"
  std::optional<Date> released_until;  // by hand, whatever the reasons
  [[nodiscard]] bool stopped() const { return !reasons.empty() && !released_until; }
};

inline constexpr int kStopDaysPastDue = 30;  // with the claim (domain-semantics.md 4b, dunning)
inline constexpr std::int64_t kStopDunningLevel = 3;
// By hand until it is released; of itself over the limit, with an undisputed item at least
// kStopDaysPastDue days past due, or with one whose claim was sent. A release without a last day
// ends a stop by hand only; one with a last day lifts every stop up to then, and no longer.
[[nodiscard]] ShipmentStop shipment_stop(const AccountRow& account,
                                         const std::map<std::string, Statement>& books,
                                         const std::map<std::string, Exposure>& exposures,
                                         const AsOf& as_of);

}  // namespace ledger::receivables
