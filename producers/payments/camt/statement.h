#pragma once

#include "events/business_zone.h"
#include "events/types/statement.h"
#include "platform/xml_tree.h"

namespace ledger::camt {

// What a camt.053 statement says of itself, checked: account, balances, and that opening + booked
// entries = closing. Its payments and what was taken back are still to be counted.
[[nodiscard]] Result<StatementReceived> read_statement(const xml::Element& statement,
                                                       const BusinessZone& zone);

// Its opening balance is one in between: a page goes before it.
[[nodiscard]] bool continues(const xml::Element& statement);

}  // namespace ledger::camt
