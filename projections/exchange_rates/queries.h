#pragma once

#include <cstdint>
#include <optional>

#include "projections/exchange_rates/rows.h"
#include "projections/store/view_store.h"

namespace ledger::exchange_rates {

// The last rate published for the day or before it; nullopt: none is known. Of one day, the one
// recorded last.
[[nodiscard]] Result<std::optional<FxRatePublished>> rate_on(
    const ViewSnapshot& snapshot, const Currency& currency, Date day,
    const std::optional<Timestamp>& known_at);

// In kopecks, to the nearest, half away from zero. kOutOfRange beyond int64.
[[nodiscard]] Result<std::int64_t> in_hryvnias(std::int64_t minor, const FxRatePublished& rate);

}  // namespace ledger::exchange_rates
