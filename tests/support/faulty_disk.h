#pragma once

#include <cstddef>
#include <filesystem>

namespace ledger::testing {

// A disk that fills up or fails, for the files below one directory, as seen by everything in this
// program that goes through the C library, RocksDB too. No mount and no privilege is needed: the
// program's own write(), fdatasync() and their like stand before the C library's.
//
// Link faulty_disk.cpp into the test program. One at a time; thread-safe; healthy until told
// otherwise, and again once it is destroyed.
class FaultyDisk {
 public:
  explicit FaultyDisk(const std::filesystem::path& directory);
  ~FaultyDisk();
  FaultyDisk(const FaultyDisk&) = delete;
  FaultyDisk& operator=(const FaultyDisk&) = delete;

  // Takes so many bytes more; then ENOSPC. As on a real disk the write that does not fit is done in
  // part: what lands in the file is torn.
  void leave(std::size_t bytes);
  // fdatasync() and fsync() fail with EIO. What was written is in the file all the same.
  void fail_syncs();
  void heal();
};

}  // namespace ledger::testing
