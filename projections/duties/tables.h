#pragma once

#include <span>

#include "projections/duties/duty.h"

// The list by parts of the duty table, each in a file of its own.
namespace ledger::duties {

[[nodiscard]] std::span<const Duty> norms();
[[nodiscard]] std::span<const Duty> client_base();
[[nodiscard]] std::span<const Duty> search();
[[nodiscard]] std::span<const Duty> relations();
[[nodiscard]] std::span<const Duty> debt_and_delivery();
[[nodiscard]] std::span<const Duty> staff();

}  // namespace ledger::duties
