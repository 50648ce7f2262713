#pragma once

#include <string>

#include "platform/http/client.h"
#include "platform/result.h"

namespace ledger::cli {

// The source under which what this command says is recorded: of a person's key "people/<id>", as
// the server asks for; else `own` (--access off, or a machine's key, which may be granted it).
[[nodiscard]] Result<std::string> recorded_as(http::Client& client, const std::string& own);

}  // namespace ledger::cli
