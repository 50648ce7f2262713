#pragma once

#include <string_view>

#include "platform/json_writer.h"
#include "projections/directory/queries.h"
#include "projections/responsibility/responsibility.h"

namespace ledger {

// Figures of the clients for whom a manager answers on a day: who stands in, else the owner
// (domain-semantics.md 4a, stand-in; projections/responsibility).
inline constexpr std::string_view kResponsibleRule = "responsible.v1";

// "manager_id" and, under `name_member`, the name of who was ever hired.
[[nodiscard]] inline Status write_manager(JsonWriter& json, const ViewSnapshot& snapshot,
                                          const ManagerId& id, std::string_view name_member) {
  json.member("manager_id", id.text());
  LEDGER_TRY(const auto manager, directory::manager(snapshot, id));
  if (manager) json.member(name_member, manager->name);
  return {};
}

// "on_behalf_of": for whom he stands in; nothing where for nobody.
[[nodiscard]] inline Status write_on_behalf_of(JsonWriter& json, const ViewSnapshot& snapshot,
                                               const Answering& who) {
  if (who.on_behalf_of.empty()) return {};
  json.key("on_behalf_of").begin_array();
  for (const auto& id : who.on_behalf_of) {
    json.begin_object();
    LEDGER_CHECK(write_manager(json, snapshot, id, "name"));
    json.end_object();
  }
  json.end_array();
  return {};
}

// "no_stand_in" where who is away has nobody in his place, in words too.
inline void write_no_stand_in(JsonWriter& json, bool no_stand_in) {
  if (!no_stand_in) return;
  json.member("no_stand_in", true);
  json.member("alert_uk", "немає заступника").member("alert_en", "no stand-in");
}

// "manager_id", "manager_name" of who answers, "owner", and for whom he stands in, with their
// names; "supervisor" where nobody is there to do it, "no_stand_in" where it is owed to a client.
[[nodiscard]] inline Status write_answering(JsonWriter& json, const ViewSnapshot& snapshot,
                                            const Answering& who) {
  if (who.manager) {
    LEDGER_CHECK(write_manager(json, snapshot, *who.manager, "manager_name"));
  }
  if (who.owner) json.member("owner", who.owner->text());
  LEDGER_CHECK(write_on_behalf_of(json, snapshot, who));
  if (who.supervisor) json.member("supervisor", true);
  write_no_stand_in(json, who.no_stand_in);
  return {};
}

}  // namespace ledger
