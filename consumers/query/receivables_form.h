#pragma once

#include "consumers/query/context.h"
#include "consumers/query/print/form.h"
#include "projections/receivables/queries.h"

namespace ledger {

// Who owes how much and for how long, all clients at once, as a page or as a table.
[[nodiscard]] Result<http::Response> get_receivables_form(const QueryContext& context,
                                                          const Query& query, print::Form form,
                                                          receivables::Basis basis);

}  // namespace ledger
