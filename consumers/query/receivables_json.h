#pragma once

#include "events/business_zone.h"
#include "platform/json_writer.h"
#include "projections/receivables/queries.h"

// The items and the money of one currency, as answers say them. Each is members of the open object.
namespace ledger {

// "open_items": instalments that are not settled.
void write_items(JsonWriter& json, const receivables::Statement& statement,
                 const BusinessZone& zone);
// "unallocated", and where there are any "doubles" and "conflicts".
void write_credits(JsonWriter& json, const receivables::Statement& statement);

}  // namespace ledger
