#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string_view>

#include "platform/result.h"

namespace ledger::edge {

inline constexpr std::uint64_t kSpoolBytesMax = 64 * 1024 * 1024;  // some 300,000 records
inline constexpr std::uint64_t kSpoolEmptiedAt = 1024 * 1024;

// Records of the manager interface, which keeps nothing for us: on the disk before anything else
// happens to them, as lines of CSV that are then read like the exchange's own file. Bounded: while
// the server is away for so long that the file is full, append() says no. Beside a CDR file nothing
// is lost by that; with the manager interface alone it is, and is counted.
//
// Appended to by one thread, emptied by another.
class Spool {
 public:
  [[nodiscard]] static Result<std::unique_ptr<Spool>> open(const std::filesystem::path& file);
  ~Spool();

  // On the disk when it returns. kTooLarge: full. kUnavailable: the disk.
  [[nodiscard]] Status append(std::string_view line);
  // Empties the file if it has grown and all of it, `read_to` bytes, was read and acknowledged.
  void empty_if_done(std::uint64_t read_to);

 private:
  Spool(int file, std::uint64_t size) : file_(file), size_(size) {}
  std::mutex mutex_;
  int file_;
  std::uint64_t size_;
};

}  // namespace ledger::edge
