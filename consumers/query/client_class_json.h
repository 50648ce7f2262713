#pragma once

#include "platform/json_writer.h"
#include "projections/client_class/queries.h"

namespace ledger {

// An object: the letter and why, in figures and in words. Without a letter it says what is missing.
void write_class(JsonWriter& json, const client_class::Class& found, Date as_of);

}  // namespace ledger
