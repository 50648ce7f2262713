#pragma once

#include <string>
#include <utility>
#include <vector>

#include "platform/result.h"

namespace ledger::http {

// Whether every parser on the way reads the message's length alike (RFC 9112 6.3; OWASP ASVS 5.0
// 4.2.1). Beast 1.81 takes several that it should not (beast issues fixed in 2026): any
// Transfer-Encoding but one "chunked", Transfer-Encoding on HTTP/1.0 or beside Content-Length, more
// than one Content-Length, and Host missing or given twice. All of them: kMalformed, and the
// connection must be closed, since what follows cannot be told from a body.
[[nodiscard]] Status check_framing(
    const std::vector<std::pair<std::string, std::string>>& lower_case_headers, bool http_1_1);

}  // namespace ledger::http
