#pragma once

#include <filesystem>

#include "platform/aead.h"
#include "platform/result.h"

namespace ledger::privacy {

// The key by which a ring's keys are wrapped: a file of 32 bytes in hex, for its owner alone, and
// not to be copied to where the ring's copies lie.
// Made if it is missing, unless `is_needed`: then something is wrapped by it already, and another
// one would open none of it. kMisconfigured: missing though needed, or no such key, naming the
// file. kUnavailable: it cannot be written.
[[nodiscard]] Result<AeadKey> key_encryption_key(const std::filesystem::path& file, bool is_needed);

}  // namespace ledger::privacy
