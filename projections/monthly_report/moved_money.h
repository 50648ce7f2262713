#pragma once

#include <functional>
#include <vector>

#include "projections/receivables/queries.h"

// Private to the report: what an account says by one of two knowledges and not by the other.
namespace ledger::monthly_report {

// Adds the positions of such movements of the invoices that are meant, and of money that pays none;
// one may stand there twice. kOutOfRange if a sum does not fit into int64.
[[nodiscard]] Status add_moved_money(std::vector<Position>& found,
                                     const receivables::AccountRow& account, const AsOf& before,
                                     const AsOf& after,
                                     const std::function<bool(const InvoiceIssued&)>& is_meant);

}  // namespace ledger::monthly_report
