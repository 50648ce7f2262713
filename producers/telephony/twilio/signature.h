#pragma once

#include <string>
#include <string_view>

#include "platform/http/message.h"

namespace ledger::twilio {

// Whether X-Twilio-Signature was made with the auth token over this request: base64 of HMAC-SHA1 of
// the address and, of a form, every name (sorted) with each of its distinct values (sorted). Of
// JSON the address alone, whose `bodySHA256` must then be the body's. Of a GET, too: one with a
// body is not signed, since that would be read.
//
// `public_url` is the address that Twilio was given, without a query: behind a proxy neither Host
// nor the path that arrives here need be it. It is tried with and without its scheme's own port,
// since Twilio signs now the one and now the other.
//
// There is no time inside, so an old delivery sent again passes; it is the same event.
[[nodiscard]] bool is_signed(const http::Request& request, std::string_view public_url,
                             std::string_view auth_token);

}  // namespace ledger::twilio
