#pragma once

#include "consumers/query/context.h"
#include "projections/receivables/queries.h"

namespace ledger {

// Ageing by who answers for the clients on the date ("manager": the stand-in where the owner is
// away, as "rule" says), or by their segment then; clients without one are a group without a name.
// Groups add up to the totals of /v1/receivables. kInvalidField for another word.
[[nodiscard]] Result<http::Response> get_receivables_groups(const QueryContext& context,
                                                            const Query& query,
                                                            std::string_view word,
                                                            receivables::Basis basis);

}  // namespace ledger
