#pragma once

#include <filesystem>
#include <memory>

#include "events/privacy/key_ring.h"

namespace ledger::privacy {

struct RocksKeyRingOptions {
  std::filesystem::path directory;           // made if missing; held by one process at a time
  std::filesystem::path key_encryption_key;  // a file; made where neither it nor the ring exists
};

// The ring on the disk, in RocksDB. Keys and salts lie there wrapped by the key-encryption key.
// kMisconfigured: the ring is there and the file is not, or holds another key; or the directory is
// in use. kUnavailable: the disk.
//
// A subject whose key was used lately costs no disk, and never waits for destroy(), which takes as
// long as writing the ring anew; others do.
[[nodiscard]] Result<std::unique_ptr<KeyRing>> open_rocks_key_ring(
    const RocksKeyRingOptions& options);

}  // namespace ledger::privacy
