#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string_view>
#include <vector>

#include "platform/result.h"
#include "producers/telephony/asterisk/mapping.h"

namespace ledger::edge {

inline constexpr std::uint64_t kSpoolBytesMax = 64 * 1024 * 1024;  // some 300,000 records
inline constexpr std::uint64_t kSpoolPartBytes = 1024 * 1024;

// The spool's records are always the 21 columns, in local time.
[[nodiscard]] asterisk::Settings spool_settings(asterisk::Settings settings);

// Records of the manager interface, which keeps nothing for us: on the disk before anything else
// happens to them, as lines of CSV that are then read like the exchange's own file. Whole parts get
// names of their own ("ami.csv-17"), as if the file were rotated, and are deleted when they are
// done. Bounded: while the server is away for so long that all parts are full, append() says no.
// Beside a CDR file nothing is lost by that; with the manager interface alone it is, and is
// counted.
//
// Appended to by one thread, cleared by another.
class Spool {
 public:
  [[nodiscard]] static Result<std::unique_ptr<Spool>> open(const std::filesystem::path& file);
  ~Spool();

  // On the disk when it returns. kTooLarge: full. kUnavailable: the disk.
  [[nodiscard]] Status append(std::string_view line);
  // Deletes the parts before the file of that inode, in which reading would start again after a
  // crash; none if there is no such file.
  void remove_before(std::uint64_t inode);

  // What is there of it, oldest first, without the file that is being written.
  [[nodiscard]] static std::vector<std::filesystem::path> parts(const std::filesystem::path& file);
  // 0 where there is no such file.
  [[nodiscard]] static std::uint64_t inode_of(const std::filesystem::path& file);

 private:
  Spool(std::filesystem::path path, int file, std::uint64_t size)
      : path_(std::move(path)), file_(file), size_(size) {}
  [[nodiscard]] Status begin_part();

  std::mutex mutex_;
  std::filesystem::path path_;
  int file_;
  std::uint64_t size_;       // of the file that is being written
  std::uint64_t parts_ = 0;  // bytes of the others
};

}  // namespace ledger::edge
