#include "consumers/query/decided_calls.h"

#include "projections/call_legs/ids.h"
#include "projections/seen/seen.h"

namespace ledger {

namespace {

using call_legs::CallRow;
using call_legs::EventIds;

// What the reading records last.
std::string told(const CallRow& row, const EventIds& ids, std::size_t reading) {
  return row.readings[reading].call ? ids.of(reading) : ids.void_of(reading);
}

// Whether an amendment is the rule's own, of whichever reading.
Result<bool> is_ours(const std::optional<Position>& amendment, const EventIds& ids,
                     std::size_t readings, const std::string& source, const ViewSnapshot& views) {
  for (std::size_t i = 1; i < readings; ++i) {
    for (const std::string& id : {ids.of(i), ids.void_of(i)}) {
      LEDGER_TRY(const auto row, seen::find(views, source, id));
      if (row && row->position == amendment) return true;
    }
  }
  return false;
}

std::string reason_of(seen::Reading reading) { return std::string(name_of(reading)) + "_since"; }

}  // namespace

Result<std::optional<DecidedCall>> decided_call(const CallRow& row, const std::string& source,
                                                const std::string& call_id, const Query& query,
                                                const LogReader& log) {
  if (row.readings.size() < 2) return std::nullopt;
  const LineFilter filter = query.lines();
  const std::size_t last = row.readings.size() - 1;
  if (query.known_at && row.readings[last].recorded > *query.known_at) return std::nullopt;
  const EventIds ids(call_id);
  LEDGER_TRY(const auto recorded, seen::find(query.snapshot, source, told(row, ids, last)));
  if (recorded) return std::nullopt;
  for (std::size_t i = 0; i < last; ++i) {
    LEDGER_TRY(const auto fact, seen::find(query.snapshot, source, ids.of(i)));
    if (!fact || fact->reading() == seen::Reading::kAsWritten) continue;
    if (fact->reading() != seen::Reading::kMatched) {
      LEDGER_TRY(const bool ours,
                 is_ours(fact->amended_by, ids, row.readings.size(), source, query.snapshot));
      if (ours) continue;
    }
    LEDGER_TRY(const std::string line, log.read(*fact->decided_by()));
    if (!filter.shows(line)) continue;
    return DecidedCall{reason_of(fact->reading()), ids.of(i)};
  }
  return std::nullopt;
}

}  // namespace ledger
