#pragma once

#include <optional>
#include <string>
#include <vector>

#include "projections/access_log/rows.h"
#include "projections/store/view_store.h"

namespace ledger::access_log {

struct Look {
  Told<AccessLogged> told;
  std::string client;  // the card, empty where it was no single client's
};

// Newest first: by day, then by when it was recorded, then by position.
[[nodiscard]] Result<std::vector<Look>> looks(const ViewSnapshot& snapshot, Date from, Date to,
                                              const std::optional<Timestamp>& known_at);

}  // namespace ledger::access_log
