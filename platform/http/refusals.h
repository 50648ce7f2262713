#pragma once

#include <string_view>

#include "platform/http/message.h"

// Problems of HTTP itself, whose status no ErrorCode has.
namespace ledger::http {

// 405 of the type "method-not-allowed", with `Allow`: the methods of the resource, "GET, POST".
[[nodiscard]] Response method_not_allowed(std::string_view allowed);
// 431 of the type "too-large".
[[nodiscard]] Response header_too_large();

}  // namespace ledger::http
