#pragma once

#include <string_view>

#include "platform/sha256.h"

namespace ledger {

// The RFC 9162 leaf of a stored line: SHA-256(0x00 || line).
[[nodiscard]] inline Sha256 leaf_hash_of(std::string_view line) {
  return sha256(std::string_view("\0", 1), line);
}

}  // namespace ledger
