#pragma once

#include "platform/json_writer.h"
#include "projections/receivables/rows.h"

namespace ledger {

// Who named what is left of money an advance, and when; by "source" and "id" it is voided. How much
// that is the money's own "free_minor" says.
inline void write_advance(JsonWriter& json, const receivables::Advance& advance) {
  json.begin_object();
  json.member("manager_id", advance.data.manager_id.text());
  if (advance.data.reason) json.member("reason", *advance.data.reason);
  json.member("recorded_time", format_timestamp(advance.known.recorded));
  json.member("position", to_string(advance.position));
  json.member("source", advance.source);
  json.member("id", advance.id);
  json.end_object();
}

}  // namespace ledger
