#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "platform/result.h"

namespace ledger::http {

inline constexpr std::size_t kFormFieldsMax = 1000;

// application/x-www-form-urlencoded (WHATWG URL 5.1), in order, names may repeat. A percent sign
// that no two hex digits follow stands for itself, as browsers and PHP read it. kTooLarge: more
// than kFormFieldsMax fields. kMalformed: not UTF-8 once it is decoded.
[[nodiscard]] Result<std::vector<std::pair<std::string, std::string>>> parse_form(
    std::string_view body);

// Percent-encodes everything but unreserved characters (RFC 3986).
[[nodiscard]] std::string url_encode(std::string_view text);

// One round of percent-decoding alone: '+' stays.
[[nodiscard]] std::string percent_decode(std::string_view text);

}  // namespace ledger::http
