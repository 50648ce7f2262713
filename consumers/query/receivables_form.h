#pragma once

#include "consumers/query/context.h"
#include "consumers/query/print/form.h"
#include "projections/receivables/queries.h"

namespace ledger {

// Who owes how much and for how long, as a page or as a table (for programs or for Excel): all whom
// the question chooses at once, in its order (receivables_choice.h).
[[nodiscard]] Result<http::Response> get_receivables_form(const QueryContext& context,
                                                          const Query& query, print::Form form,
                                                          print::TableKind table,
                                                          receivables::Basis basis);

}  // namespace ledger
