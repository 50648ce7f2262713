#pragma once

#include <cstdint>

#include "events/money.h"

namespace ledger::bank {

// ISO 4217 by its number: 980 is UAH. kInvalidField for one that this ledger does not keep.
[[nodiscard]] Result<Currency> currency_numbered(std::int64_t number);

}  // namespace ledger::bank
