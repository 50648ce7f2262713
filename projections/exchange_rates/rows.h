#pragma once

#include <string>
#include <vector>

#include "events/types/fx.h"
#include "projections/said.h"

// What the National Bank and the State Statistics Service publish and debts are reckoned by: rates
// of currencies, the key policy rate, indices of prices; as they were published.
namespace ledger::exchange_rates {

inline constexpr std::string_view kName = "exchange_rates";
inline constexpr int kVersion = 2;

// Key: currency and date, the latest first ("USD|79738873" for 2026-11-26), so that the last rate
// before a date is the next row.
struct RateRow {
  static constexpr char kTable = 'r';
  std::vector<Said<FxRatePublished>> published;
  static void fields(auto&& field) { field("published", &RateRow::published); }
  [[nodiscard]] bool empty() const { return published.empty(); }
};
[[nodiscard]] std::string rate_key(const Currency& currency, Date date);

// Key: the first day of the month ("2026-10-01").
struct PriceIndexRow {
  static constexpr char kTable = 'i';
  std::vector<Said<PriceIndexPublished>> published;
  static void fields(auto&& field) { field("published", &PriceIndexRow::published); }
  [[nodiscard]] bool empty() const { return published.empty(); }
};

// Key: the day from which it is in force ("2026-10-23").
struct KeyRateRow {
  static constexpr char kTable = 'k';
  std::vector<Said<KeyRatePublished>> published;
  static void fields(auto&& field) { field("published", &KeyRateRow::published); }
  [[nodiscard]] bool empty() const { return published.empty(); }
};

}  // namespace ledger::exchange_rates
