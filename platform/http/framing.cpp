#include "platform/http/framing.h"

#include <algorithm>
#include <string_view>

namespace ledger::http {

Status check_framing(const std::vector<std::pair<std::string, std::string>>& headers,
                     bool http_1_1) {
  const auto count = [&](std::string_view wanted) {
    return std::count_if(headers.begin(), headers.end(),
                         [&](const auto& header) { return header.first == wanted; });
  };
  const auto encodings = count("transfer-encoding");
  const auto lengths = count("content-length");
  if (encodings > 0) {
    const auto encoding = std::find_if(headers.begin(), headers.end(), [](const auto& header) {
      return header.first == "transfer-encoding";
    });
    std::string value = encoding->second;
    std::transform(value.begin(), value.end(), value.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    if (encodings != 1 || value != "chunked" || !http_1_1 || lengths > 0) {
      return fail(ErrorCode::kMalformed, "the message's length is ambiguous", "transfer-encoding");
    }
  }
  if (lengths > 1) {
    return fail(ErrorCode::kMalformed, "the message's length is ambiguous", "content-length");
  }
  if (count("host") != 1 && (http_1_1 || count("host") > 1)) {
    return fail(ErrorCode::kMalformed, "exactly one Host is needed", "host");
  }
  return {};
}

}  // namespace ledger::http
