#pragma once

#include "platform/json_writer.h"
#include "projections/receivables/stop.h"

// Whether goods may go out on credit, as answers say it.
namespace ledger {

// Members of the open object: what counts against the limit of one currency.
void write_exposure(JsonWriter& json, const receivables::Exposure& exposure);
// Members of the open object: "stopped", and why.
void write_stop(JsonWriter& json, const receivables::ShipmentStop& stop);
// An object: an order, what it comes to with all else that is owed, and whether it may stand. An
// order that may not is recorded all the same; what it breaks is shown.
void write_order_check(JsonWriter& json, const receivables::OrderCheck& check);

}  // namespace ledger
