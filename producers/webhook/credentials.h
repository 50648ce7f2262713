#pragma once

#include <string>

#include "platform/http/message.h"

namespace ledger::webhook {

// Whether the request brings "USER:PASSWORD" by RFC 7617, as a sender does whose address is
// https://USER:PASSWORD@HOST/….
[[nodiscard]] bool has_credentials(const http::Request& request, const std::string& credentials);

}  // namespace ledger::webhook
