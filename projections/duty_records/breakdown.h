#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "projections/duties/breakdowns.h"
#include "projections/duty_records/queries.h"

namespace ledger::duty_records {

// A cell of a table's key; nullopt where the event does not say.
using Key = std::vector<std::optional<Member>>;

struct Line {
  Key key;                                         // in the order of the table's key
  std::int64_t count = 0;                          // records; of a list, items
  std::int64_t with = 0;                           // of them such as the table counts apart
  Date first_on;                                   // the day of the earliest
  Date last_on;                                    // of the latest
  std::map<std::string, std::int64_t> sums_minor;  // by currency, where the table sums money
};

// The table over those of the records that are of its event: the most frequent line first, then by
// key; last what says nothing for any of it. kOutOfRange if a sum is beyond int64.
[[nodiscard]] Result<std::vector<Line>> table(const duties::Breakdown& breakdown,
                                              std::span<const Entry> entries);

}  // namespace ledger::duty_records
