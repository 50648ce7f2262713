#pragma once

#include <string>
#include <string_view>

#include "consumers/query/context.h"
#include "events/envelope.h"
#include "projections/unmatched/queries.h"

namespace ledger {

// Whether the scope sees a fact that nobody's client has yet: a manager what his own extension or
// address brought; a head that of his managers, and what nobody brought; payments are for heads. A
// fact that was matched since is its client's.
[[nodiscard]] Result<bool> sees_fact(const QueryContext& context, const Query& query,
                                     const unmatched::Fact& fact);

// Whether the scope sees one event of the log: each client that it names, by merges and splits as
// they are known now; of an event that names none what waits by the rule above, else each manager
// that it names. Rules, norms and rates are everybody's; what is of nobody else is for who sees the
// whole house, and who looked at what for auditors.
[[nodiscard]] Result<bool> sees_event(const QueryContext& context, const Query& query,
                                      const Position& position, const Event& event,
                                      std::string_view line);

// The line without what the scope does not see of it: accounts of payers and references of the bank
// masked.
[[nodiscard]] Result<std::string> masked_line(std::string_view line);

}  // namespace ledger
