#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

namespace ledger {

// The middle of the values; of an even number the mean of the two middle ones, half up (-0.5 is 0).
// nullopt of none. Every median that the ledger tells is this one.
[[nodiscard]] inline std::optional<std::int64_t> median(std::vector<std::int64_t> values) {
  if (values.empty()) return std::nullopt;
  const auto upper = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), upper, values.end());
  if (values.size() % 2 == 1) return *upper;
  const std::int64_t high = *upper;
  const std::int64_t low = *std::max_element(values.begin(), upper);
  // Neither their sum nor their difference need fit into the type.
  const auto apart = static_cast<std::uint64_t>(high) - static_cast<std::uint64_t>(low);
  const std::uint64_t half = apart / 2 + apart % 2;
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(low) + half);
}

}  // namespace ledger
