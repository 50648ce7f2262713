#pragma once

#include <memory>

#include "events/privacy/key_ring.h"

namespace ledger::privacy {

// Ends with its owner, so nothing is durable: for tests, and for folds away from the keys.
[[nodiscard]] std::unique_ptr<KeyRing> memory_key_ring();

}  // namespace ledger::privacy
