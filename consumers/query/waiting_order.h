#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "platform/clock.h"
#include "projections/unmatched/queries.h"

namespace ledger {

// In which order a list of what waits is asked for: as it lies, the oldest first, or the largest
// sum of each currency first (which only payments have).
enum class WaitingSort { kAsItLies, kAge, kAmount };

// A page of facts in an order, and where the next one begins. The cursor says what stood there, not
// where: what was answered meanwhile moves nothing.
struct WaitingPage {
  std::vector<unmatched::Fact> facts;
  std::string next_cursor;  // empty at the end
};
[[nodiscard]] WaitingPage page_of(std::vector<unmatched::Fact> facts, WaitingSort sort,
                                  std::string_view cursor, std::size_t limit);

// The day from which the age of a fact is counted.
[[nodiscard]] Date waits_since(const unmatched::Fact& fact);

}  // namespace ledger
