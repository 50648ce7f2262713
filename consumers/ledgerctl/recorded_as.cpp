#include "consumers/ledgerctl/recorded_as.h"

#include "consumers/client/json.h"

namespace ledger::cli {

Result<std::string> recorded_as(http::Client& client, const std::string& own) {
  LEDGER_TRY(const auto session, get_json(client, "/v1/session"));
  const bool asked = text_of(session, "access") == "on";
  if (!asked || text_of(session, "role") == "source") return own;
  return "people/" + text_of(session, "principal");
}

}  // namespace ledger::cli
