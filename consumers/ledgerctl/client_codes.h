#pragma once

#include <map>
#include <string>

#include "events/identifiers.h"
#include "events/ids.h"
#include "platform/http/client.h"
#include "platform/result.h"

namespace ledger::cli {

// Whose a code is, as the ledger's cards say now. Asks of each code once. One thread.
class ClientCodes {
 public:
  explicit ClientCodes(http::Client& client) : client_(client) {}

  // Of cards that were joined, the one that answers for them. kNotFound: no client has the code;
  // kConflict: several have it. kUnavailable: the server could not be asked.
  [[nodiscard]] Result<ClientId> client_of(const TaxCode& code);

 private:
  [[nodiscard]] Result<ClientId> ask(const TaxCode& code);
  http::Client& client_;
  std::map<std::string, Result<ClientId>> known_;
};

}  // namespace ledger::cli
