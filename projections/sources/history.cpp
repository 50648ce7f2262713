#include "projections/sources/history.h"

#include "projections/store/view_batch.h"

namespace ledger::sources {

namespace {

const std::string& family() {
  static const std::string name = family_of(kName, kVersion);
  return name;
}

}  // namespace

Result<std::optional<Date>> history_begins(const ViewSnapshot& snapshot,
                                           const std::optional<Timestamp>& known_at) {
  LEDGER_TRY(const auto row, read_row<HistoryRow>(snapshot, family(), ""));
  std::optional<Date> first;
  if (!row) return first;
  for (const auto& reach : row->reaches) {
    if (!known_at || reach.recorded <= *known_at) first = reach.day;
  }
  return first;
}

Result<std::optional<Date>> kept_since(const ViewSnapshot& snapshot,
                                       const std::optional<Timestamp>& known_at) {
  LEDGER_TRY(const auto row, read_row<HistoryRow>(snapshot, family(), ""));
  if (!row || row->reaches.empty()) return std::nullopt;
  const auto& first = row->reaches.front();
  if (known_at && *known_at < first.recorded) return std::nullopt;
  return first.day;
}

}  // namespace ledger::sources
