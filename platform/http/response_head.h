#pragma once

#include <string>

#include "platform/http/message.h"

namespace ledger::http {

// How the end of a response's body is told. kUnsaid: of an answer to HEAD whose body is made while
// it is sent, so that nobody knows its length.
enum class BodyEnd { kLength, kChunked, kClose, kUnsaid };

// Status line and fields of a response as they go on the wire, up to the empty line. A control
// character in a field becomes a space: a value can never begin a field of its own.
[[nodiscard]] std::string response_head(const Response& response, std::string_view reason,
                                        bool http_1_1, bool keep_alive, BodyEnd end);

}  // namespace ledger::http
