#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "platform/sha256.h"

namespace ledger {

// The id of what a rule records, from what it is about: the same at each try, and within the length
// of an id whatever the ids are that it is made of. 32 hex digits.
[[nodiscard]] inline std::string stable_id(std::initializer_list<std::string_view> about) {
  std::string joined;
  for (const auto part : about) {
    joined += part;
    joined += '\0';
  }
  const Sha256 digest = sha256(joined);
  return to_hex({reinterpret_cast<const char*>(digest.data()), 16});
}

}  // namespace ledger
