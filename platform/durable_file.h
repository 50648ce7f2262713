#pragma once

#include <filesystem>
#include <string_view>

#include "platform/result.h"

// Small files that a program must find again after a crash or a full disk. Errors: kUnavailable,
// naming the file and why.
namespace ledger {

// All or nothing, on the disk under that name when it returns. For its owner alone.
[[nodiscard]] Status replace_durably(const std::filesystem::path& file, std::string_view bytes);

// Appends the line and its end; on the disk when it returns. Of what cannot be written whole
// nothing stays; where a crash left half a line, the next one begins anew.
[[nodiscard]] Status append_line_durably(const std::filesystem::path& file, std::string_view line);

// A folder that one process at a time works in; made where it is missing. Free with the process.
class LockedFolder {
 public:
  // kMisconfigured: it cannot be made or written, or somebody else holds it.
  [[nodiscard]] static Result<LockedFolder> open(const std::filesystem::path& folder);
  LockedFolder(LockedFolder&& other) noexcept;
  LockedFolder& operator=(LockedFolder&&) = delete;
  ~LockedFolder();

 private:
  explicit LockedFolder(int lock) : lock_(lock) {}
  int lock_;
};

}  // namespace ledger
