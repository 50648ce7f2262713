#pragma once

#include <cstdint>
#include <map>
#include <optional>

#include "projections/exchange_rates/rows.h"
#include "projections/store/view_store.h"

namespace ledger::exchange_rates {

// The last rate published for the day or before it; nullopt: none is known. Of one day, the one
// recorded last.
[[nodiscard]] Result<std::optional<FxRatePublished>> rate_on(
    const ViewSnapshot& snapshot, const Currency& currency, Date day,
    const std::optional<Timestamp>& known_at);

// The indices of prices by the first day of their month, and the key rates by the day from which
// each is in force, up to the date. Of one day, the one recorded last.
[[nodiscard]] Result<std::map<Date, std::int64_t>> price_indices_e4(const ViewSnapshot& snapshot,
                                                                    const AsOf& as_of);
[[nodiscard]] Result<std::map<Date, std::int64_t>> key_rates_bp(const ViewSnapshot& snapshot,
                                                                const AsOf& as_of);

// In kopecks, to the nearest, half away from zero. kOutOfRange beyond int64.
[[nodiscard]] Result<std::int64_t> in_hryvnias(std::int64_t minor, const FxRatePublished& rate);

}  // namespace ledger::exchange_rates
