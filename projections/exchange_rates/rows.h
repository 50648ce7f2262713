#pragma once

#include <string>
#include <vector>

#include "events/types/fx.h"
#include "projections/said.h"

// The National Bank's rates, as they were published.
namespace ledger::exchange_rates {

inline constexpr std::string_view kName = "exchange_rates";
inline constexpr int kVersion = 1;

// Key: currency and date, the latest first ("USD|79738873" for 2026-11-26), so that the last rate
// before a date is the next row.
struct RateRow {
  static constexpr char kTable = 'r';
  std::vector<Said<FxRatePublished>> published;
  static void fields(auto&& field) { field("published", &RateRow::published); }
  [[nodiscard]] bool empty() const { return published.empty(); }
};
[[nodiscard]] std::string rate_key(const Currency& currency, Date date);

}  // namespace ledger::exchange_rates
