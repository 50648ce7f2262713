#include "projections/amendments/queries.h"

#include "projections/seen/rows.h"
#include "projections/store/view_batch.h"

namespace ledger::amendments {

Result<std::vector<Amendment>> amendments_of(const ViewSnapshot& snapshot, std::string_view source,
                                             std::string_view id) {
  static const std::string family = family_of(kName, kVersion);
  LEDGER_TRY(auto row, read_row<AmendedRow>(snapshot, family, seen::key_of(source, id)));
  if (!row) return std::vector<Amendment>();
  return std::move(row->by);
}

}  // namespace ledger::amendments
