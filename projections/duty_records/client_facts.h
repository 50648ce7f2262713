#pragma once

#include <span>

#include "projections/duties/breakdowns.h"
#include "projections/duty_records/queries.h"

namespace ledger::duty_records {

// Of records whose tables go by them: the client's segment on the day as of which is asked, and
// whose the client was on the day of the record: credit goes to who had it then
// (domain-semantics.md 3, complaint 15). Of payments also which are none (4b, overpayment). Each
// client's card and account are read once, and only where a table needs them.
[[nodiscard]] Status add_client_facts(const ViewSnapshot& snapshot, const AsOf& as_of,
                                      std::span<const duties::Breakdown> breakdowns,
                                      std::span<Entry> entries);

}  // namespace ledger::duty_records
