#pragma once

#include "platform/json_writer.h"
#include "projections/client_class/queries.h"

namespace ledger {

// Whether what all clients paid stands beside what this one did, and with it what part of it is
// his: from either the other's could be told.
enum class HouseFigures { kShown, kHidden };

// An object: the letter and why, in figures and in words. Without a letter it says what is missing.
void write_class(JsonWriter& json, const client_class::Class& found, Date as_of,
                 HouseFigures of_house);

}  // namespace ledger
