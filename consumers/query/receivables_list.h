#pragma once

#include "consumers/query/context.h"
#include "projections/receivables/queries.h"

namespace ledger {

// Debts by client and currency, `limit` clients a page, by the choice of the question
// (receivables_choice.h). Totals are over all clients that the
// question is about, whatever the page.
[[nodiscard]] Result<http::Response> get_receivables_list(const QueryContext& context,
                                                          const Query& query,
                                                          receivables::Basis basis);

}  // namespace ledger
