#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "projections/directory/rows.h"
#include "projections/store/view_store.h"

namespace ledger::directory {

// Every client who has a key on a card, by the card that stays: sorted, each once. Empty: it is
// nobody's. Of clients' keys alone.
[[nodiscard]] Result<std::vector<std::string>> owners_of(const ViewSnapshot& snapshot, KeyKind kind,
                                                         std::string_view value);

}  // namespace ledger::directory
