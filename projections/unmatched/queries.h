#pragma once

#include <string_view>
#include <vector>

#include "projections/store/view_store.h"
#include "projections/unmatched/rows.h"

namespace ledger::unmatched {

// Up to `limit` waiting facts in key order (source, then id), from the first key >= `from`.
struct Page {
  std::vector<WaitingRow> rows;
  std::string next;  // key to go on from; empty at the end
};
[[nodiscard]] Result<Page> waiting(const ViewSnapshot& snapshot, std::string_view from,
                                   std::size_t limit);

// All facts that wait for one key of the directory, in the order of their own keys.
[[nodiscard]] Result<std::vector<WaitingRow>> waiting_for(const ViewSnapshot& snapshot,
                                                          const directory::Key& key);

}  // namespace ledger::unmatched
