#pragma once

#include <span>

#include "projections/duties/breakdowns.h"

// Private to the catalogue: THE list of tables in parts, each in a file of its own.
namespace ledger::duties {

// Norms, the client base, search and talks (domain-semantics.md 1.1 to 1.3).
[[nodiscard]] std::span<const Breakdown> breakdowns_of_clients();
// Debt, delivery, stock, complaints, staff and order (1.4, 1.5).
[[nodiscard]] std::span<const Breakdown> breakdowns_of_work();

}  // namespace ledger::duties
