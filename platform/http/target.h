#pragma once

#include <string_view>

#include "platform/http/message.h"
#include "platform/result.h"

namespace ledger::http {

// Splits and decodes a request target in origin form ("/v1/clients/c%2F1?as_of=2026-11-25") into
// `request.segments` and `request.query`, and keeps it as `request.target`.
//
// kMalformed: not origin form, a bad percent sign, a zero byte, invalid UTF-8 after decoding, or a
// parameter given twice. Below /v1/hooks/ a repeated parameter stands in `request.query` as often
// as it came, since its sender would only repeat it again; the mapping refuses two values.
[[nodiscard]] Status parse_target(std::string_view target, Request& request);

}  // namespace ledger::http
