#pragma once

#include <string>
#include <string_view>

#include "platform/result.h"

namespace ledger {

// Where the next page of a route begins, as text that says nothing to whoever holds it: base64url
// of a format number, a mark of the route and the place. So no client reads a client's id or a row
// number out of it and builds on that, and a list may change how it counts.
//
// `pattern` is the route's: "/v1/clients/{id}/timeline". The place may hold any bytes.
[[nodiscard]] std::string seal_cursor(std::string_view pattern, std::string_view place);

// The place in it. kInvalidField of "cursor" for a text that this ledger did not give out, and for
// the cursor of another route, whose places are not this one's.
[[nodiscard]] Result<std::string> open_cursor(std::string_view pattern, std::string_view text);

}  // namespace ledger
