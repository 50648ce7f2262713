#include "events/ids.h"

#include <fmt/format.h>

#include <algorithm>

#include "platform/limits.h"

namespace ledger {

Status check_id(std::string_view text) {
  if (text.empty()) return fail(ErrorCode::kInvalidField, "an id cannot be empty");
  if (text.size() > limits::kIdBytesMax) {
    return fail(ErrorCode::kInvalidField,
                fmt::format("an id takes at most {} bytes, this one has {}", limits::kIdBytesMax,
                            text.size()));
  }
  const auto allowed = [](char c) {
    const bool alphanumeric =
        (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return alphanumeric || std::string_view("-_.:/@+|=~#").find(c) != std::string_view::npos;
  };
  if (!std::all_of(text.begin(), text.end(), allowed)) {
    return fail(ErrorCode::kInvalidField,
                "an id is made of Latin letters, digits and - _ . : / @ + | = ~ #");
  }
  return {};
}

}  // namespace ledger
