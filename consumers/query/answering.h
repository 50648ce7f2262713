#pragma once

#include "platform/json_writer.h"
#include "projections/directory/queries.h"
#include "projections/responsibility/responsibility.h"

namespace ledger {

// "manager_id", "manager_name" of who answers, "owner", and for whom he stands in, with their
// names; "supervisor" where nobody is there to do it.
[[nodiscard]] inline Status write_answering(JsonWriter& json, const ViewSnapshot& snapshot,
                                            const Answering& who) {
  if (who.manager) {
    json.member("manager_id", who.manager->text());
    LEDGER_TRY(const auto manager, directory::manager(snapshot, *who.manager));
    if (manager) json.member("manager_name", manager->name);
  }
  if (who.owner) json.member("owner", who.owner->text());
  if (!who.on_behalf_of.empty()) {
    json.key("on_behalf_of").begin_array();
    for (const auto& id : who.on_behalf_of) {
      LEDGER_TRY(const auto manager, directory::manager(snapshot, id));
      json.begin_object();
      json.member("manager_id", id.text());
      if (manager) json.member("name", manager->name);
      json.end_object();
    }
    json.end_array();
  }
  if (who.supervisor) json.member("supervisor", true);
  return {};
}

}  // namespace ledger
