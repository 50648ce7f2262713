#include "consumers/query/client_names.h"

#include "projections/client_card/queries.h"
#include "projections/store/kept.h"

namespace ledger {

Result<std::string> client_name(const Query& query, std::string_view client_id) {
  LEDGER_TRY(const bool sees, query.scope.sees_client(client_id));
  if (!sees) return std::string();
  const AsOf as_of = query.times();
  std::string key;
  if (!as_of.known_at) key = format_date(as_of.day) + ' ' + std::string(client_id);
  const auto read = [&](const ViewSnapshot& snapshot) -> Result<std::string> {
    LEDGER_TRY(const auto card, client_card::card(snapshot, client_id, as_of));
    return card ? card->details.name.value_or("") : "";
  };
  LEDGER_TRY(const auto name,
             kept<std::string>(query.snapshot, "name of a client", std::move(key), read));
  return *name;
}

Status write_client_name(JsonWriter& json, const Query& query, std::string_view client_id,
                         std::string_view member) {
  if (client_id.empty()) return {};
  LEDGER_TRY(const auto name, client_name(query, client_id));
  if (!name.empty()) json.member(member, name);
  return {};
}

Status write_named_client(JsonWriter& json, const Query& query, std::string_view client_id) {
  LEDGER_TRY(const bool sees, query.scope.sees_client(client_id));
  if (!sees) {
    json.member("restricted", true);
    return {};
  }
  json.member("client_id", client_id);
  return write_client_name(json, query, client_id);
}

}  // namespace ledger
