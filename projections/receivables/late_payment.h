#pragma once

#include <cstdint>
#include <map>
#include <optional>

#include "projections/receivables/statement.h"

// What late payment may cost besides the price and the three per cent, by tables that others
// publish (domain-semantics.md 4b, dunning). For information: nothing posts it, and it is nobody's
// debt until it is charged.
namespace ledger::receivables {

// As they are known for the date that is asked about.
struct LateTables {
  // By the first day of the month: to the month before, in hundredths of a per cent.
  std::map<Date, std::int64_t> price_indices_e4 = {};
  // By the first day in force: the National Bank's key rate, hundredths of a per cent a year.
  std::map<Date, std::int64_t> key_rates_bp = {};
};

// ЦКУ 625, as courts reckon it (Supreme Court, letter 62-97р of 3 April 1997): the amount by the
// product of the months' indices, less the amount. The month in which it fell due counts if that
// was by the 15th; the month of payment, or of the date asked about, if that is after the 15th.
// The product is kept to twelve digits behind the point.
struct InflationLoss {
  std::int64_t minor = 0;            // half up; never negative, whatever prices did
  std::optional<Date> through = {};  // first day of the last month reckoned; absent: none counts
  bool whole = true;                 // else the index of the month after it is not known
};

struct LatePayment {
  std::optional<InflationLoss> inflation = {};  // absent: the first month's index is not known
  // What a penalty by contract may come to, half up: twice the key rate of each day of delay (Law
  // 543/96, art. 3), of a year of 365 days, on the same days as the three per cent. Absent: the
  // rate of its first day is not known.
  std::optional<std::int64_t> penalty_max_minor = {};
};

// Nothing for what is not late, and in another currency than the hryvnia, whose value Ukrainian
// prices do not measure. kOutOfRange if a sum does not fit into int64.
[[nodiscard]] Result<std::optional<LatePayment>> late_payment(const Item& item,
                                                              const LateTables& tables);

}  // namespace ledger::receivables
