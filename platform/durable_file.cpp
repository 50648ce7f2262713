#include "platform/durable_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <string>
#include <tuple>
#include <utility>

namespace ledger {

namespace {

namespace fs = std::filesystem;

tl::unexpected<Error> disk_problem(const fs::path& file) {
  return fail(ErrorCode::kUnavailable,
              fmt::format("{} cannot be written: {}", file.string(), std::strerror(errno)));
}

// Writes, waits for the disk, closes. Of what cannot be written whole nothing stays.
Status write_through(const fs::path& file, int flags, std::string_view bytes) {
  const int out = ::open(file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | flags, 0600);
  if (out < 0) return disk_problem(file);
  const off_t before = lseek(out, 0, SEEK_END);
  bool good = before >= 0;
  while (good && !bytes.empty()) {
    const ssize_t written = ::write(out, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    good = written > 0;
    if (good) bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  good = good && fsync(out) == 0;
  const int problem = errno;
  // If even this fails, ends_with_half_a_line() finds it.
  if (!good && before >= 0) std::ignore = ftruncate(out, before);
  close(out);
  errno = problem;
  if (!good) return disk_problem(file);
  return {};
}

// After a crash or on a full disk; the next line must not become its other half.
bool ends_with_half_a_line(const fs::path& file) {
  std::ifstream input(file, std::ios::binary | std::ios::ate);
  if (!input || input.tellg() <= 0) return false;
  input.seekg(-1, std::ios::end);
  return input.get() != '\n';
}

// A new name is durable only when its directory is.
Status sync_folder(const fs::path& folder) {
  const int opened = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (opened < 0) return disk_problem(folder);
  const bool good = fsync(opened) == 0;
  close(opened);
  if (!good) return disk_problem(folder);
  return {};
}

}  // namespace

Status replace_durably(const fs::path& file, std::string_view bytes) {
  const fs::path fresh = file.string() + ".new";
  LEDGER_CHECK(write_through(fresh, O_TRUNC, bytes));
  if (std::rename(fresh.c_str(), file.c_str()) != 0) return disk_problem(fresh);
  return sync_folder(file.parent_path());
}

Status append_line_durably(const fs::path& file, std::string_view line) {
  const std::string_view before = ends_with_half_a_line(file) ? "\n" : "";
  return write_through(file, O_APPEND, fmt::format("{}{}\n", before, line));
}

Result<LockedFolder> LockedFolder::open(const fs::path& folder) {
  std::error_code problem;
  fs::create_directories(folder, problem);
  const fs::path file = folder / "lock";
  const int lock = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (lock < 0) {
    return fail(ErrorCode::kMisconfigured,
                fmt::format("{} cannot be made: {}", file.string(), std::strerror(errno)), "state");
  }
  if (flock(lock, LOCK_EX | LOCK_NB) != 0) {
    close(lock);
    return fail(ErrorCode::kMisconfigured,
                fmt::format("another connector is at work in {}", folder.string()), "state");
  }
  return LockedFolder(lock);
}

LockedFolder::LockedFolder(LockedFolder&& other) noexcept : lock_(std::exchange(other.lock_, -1)) {}

LockedFolder::~LockedFolder() {
  if (lock_ >= 0) close(lock_);
}

}  // namespace ledger
