#pragma once

#include <string>
#include <vector>

#include "projections/obligations/rows.h"
#include "projections/store/view_store.h"

namespace ledger::obligations {

// A client who asked for goods that were not there, and was neither promised a day nor took
// anything else. A promise is an obligation of its own.
struct Waiting {
  std::string client_id;  // the surviving card
  StockoutReported asked;
};
// For a product, as the trade names it in whatever capitals and spaces, on a day; asked for on
// `since` or later. By case.
[[nodiscard]] Result<std::vector<Waiting>> waiting_for(const ViewSnapshot& snapshot,
                                                       const std::string& product, Date since,
                                                       Date day);

}  // namespace ledger::obligations
