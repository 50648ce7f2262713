#pragma once

#include <optional>
#include <string_view>

#include "platform/clock.h"
#include "projections/receivables/rows.h"

namespace ledger::receivables {

// Who named what is left of money an advance, by some knowledge: the last who did; nullptr: nobody.
[[nodiscard]] const Advance* advance_of(const AccountRow& account, std::string_view source,
                                        std::string_view id,
                                        const std::optional<Timestamp>& known_at);

}  // namespace ledger::receivables
