#include "projections/sources/history.h"

#include "projections/store/view_batch.h"

namespace ledger::sources {

Result<std::optional<Date>> history_begins(const ViewSnapshot& snapshot,
                                           const std::optional<Timestamp>& known_at) {
  static const std::string family = family_of(kName, kVersion);
  LEDGER_TRY(const auto row, read_row<HistoryRow>(snapshot, family, ""));
  std::optional<Date> first;
  if (!row) return first;
  for (const auto& reach : row->reaches) {
    if (!known_at || reach.recorded <= *known_at) first = reach.day;
  }
  return first;
}

}  // namespace ledger::sources
