#pragma once

#include "platform/metrics.h"
#include "projections/store/view_store.h"

namespace ledger {

// ledger_statement_findings{what="balance_gap"}: how many places a person has to look into, by what
// is wrong (projections/bank_statements/queries.h), over all accounts; -1 where they cannot be
// read. Read when asked for; costs a look at every statement known. `views` must outlive the
// metrics' use.
void add_statement_metrics(Metrics& metrics, const ViewStore& views);

}  // namespace ledger
