#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "projections/receivables/credit_rule.h"
#include "projections/receivables/statement.h"

// Whether goods may still go out on credit (domain-semantics.md 4b, credit limit).
namespace ledger::receivables {

// One currency. An order counts for what is neither shipped nor invoiced of it, from its placing to
// its closing; a prepaid one never does. What is shipped counts until it is invoiced: by invoices
// that name the delivery or its order; what names neither is for any delivery that none names.
struct Exposure {
  std::int64_t orders_minor = 0;
  std::int64_t shipped_minor = 0;   // and not invoiced
  std::int64_t exposure_minor = 0;  // open debt less unallocated, shipped and orders
  std::optional<std::int64_t> limit_minor;
};
// By currency code: every one that is owed, ordered or limited in. kOutOfRange beyond int64.
[[nodiscard]] Result<std::map<std::string, Exposure>> exposures(
    const AccountRow& account, const std::map<std::string, Statement>& books, const AsOf& as_of);

// Of the client as a whole: a reason in one currency stops all shipping.
struct ShipmentStop {
  std::vector<std::string> reasons;    // what the person said; "limit", "overdue", "claim"
  std::optional<Date> released_until;  // by hand, whatever the reasons
  std::string rule_version;            // by which it stops of itself
  [[nodiscard]] bool stopped() const { return !reasons.empty() && !released_until; }
};

// By hand until it is released; of itself over the limit, or, in a currency in which the client
// owes on balance, with an undisputed item as many days past due as the rule says, after its days
// of grace, or with one whose claim was sent. A release without a last day ends a stop by hand
// only; one with a last day lifts every stop up to then, and no longer.
[[nodiscard]] ShipmentStop shipment_stop(const AccountRow& account,
                                         const std::map<std::string, Statement>& books,
                                         const std::map<std::string, Exposure>& exposures,
                                         const AsOf& as_of);

// Whether an order could be placed, changed or reopened on a day, by what was known then; what was
// placed under its id before is replaced. A prepaid order always could.
struct OrderCheck {
  OrderPlaced order;
  Exposure exposure;  // with the order, in its currency
  ShipmentStop stop;  // with the order
  [[nodiscard]] bool allowed() const { return order.prepaid || !stop.stopped(); }
};
[[nodiscard]] Result<OrderCheck> check_order(const AccountRow& account, const OrderPlaced& order,
                                             const AsOf& as_of);
// Of every open order, on the day and by the knowledge of its last placing.
[[nodiscard]] Result<std::vector<OrderCheck>> checked_orders(const AccountRow& account,
                                                             const AsOf& as_of);

}  // namespace ledger::receivables
