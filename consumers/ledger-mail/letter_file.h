#pragma once

#include <atomic>
#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

#include "platform/result.h"

namespace ledger::gateway {

// A letter while it comes in: in memory up to kMemoryBytesMax, the rest in a file without a name,
// which is gone with the process. All letters of a server share one bound, `on_disk`. One thread.
class LetterFile {
 public:
  static constexpr std::size_t kMemoryBytesMax = std::size_t{128} * 1024;
  static constexpr std::size_t kOnDiskBytesMax = std::size_t{512} * 1024 * 1024;  // of all together

  // `on_disk` must outlive it.
  LetterFile(std::filesystem::path directory, std::atomic<std::size_t>& on_disk)
      : directory_(std::move(directory)), on_disk_(on_disk) {}
  ~LetterFile() { clear(); }
  LetterFile(const LetterFile&) = delete;
  LetterFile& operator=(const LetterFile&) = delete;

  // kUnavailable: no room, of ours or of the disk. What was appended before stays.
  [[nodiscard]] Status append(std::string_view bytes);
  // All of it, until the next append() or clear().
  [[nodiscard]] Result<std::string_view> content();
  [[nodiscard]] std::size_t size() const { return file_bytes_ + memory_.size(); }
  void clear();

 private:
  [[nodiscard]] Status flush();
  void unmap();

  std::filesystem::path directory_;
  std::atomic<std::size_t>& on_disk_;
  std::string memory_;  // of what is in the file, the last bytes that are not
  int file_ = -1;
  std::size_t file_bytes_ = 0;
  void* map_ = nullptr;
};

}  // namespace ledger::gateway
