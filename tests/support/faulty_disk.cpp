#include "tests/support/faulty_disk.h"

#include <fcntl.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <mutex>
#include <string>
#include <string_view>

namespace {

// What the stand-ins below ask. `armed` comes first, so that a healthy disk costs one load.
std::atomic<bool> armed = false;
std::mutex mutex;
std::string directory;  // with a slash at its end
bool is_full = false;   // `left` counts
std::size_t left = 0;
bool syncs_fail = false;

bool is_below(std::string_view path) { return path.substr(0, directory.size()) == directory; }

bool is_below(int file) {
  std::array<char, 4096> path{};
  const std::string link = "/proc/self/fd/" + std::to_string(file);
  const ssize_t size = readlink(link.c_str(), path.data(), path.size());
  return size > 0 && is_below(std::string_view(path.data(), static_cast<std::size_t>(size)));
}

// How many of the bytes fit on the disk.
std::size_t take(int file, std::size_t wanted) {
  if (!armed) return wanted;
  const std::lock_guard lock(mutex);
  if (!is_full || !is_below(file)) return wanted;
  const std::size_t fits = std::min(wanted, left);
  left -= fits;
  return fits;
}

bool sync_fails(int file) {
  if (!armed) return false;
  const std::lock_guard lock(mutex);
  return syncs_fail && is_below(file);
}

bool is_full_at(std::string_view path) {
  if (!armed) return false;
  const std::lock_guard lock(mutex);
  return is_full && is_below(std::string(path) + '/');
}

}  // namespace

namespace ledger::testing {

FaultyDisk::FaultyDisk(const std::filesystem::path& where) {
  const std::lock_guard lock(mutex);
  directory = std::filesystem::canonical(where).string() + '/';
}

FaultyDisk::~FaultyDisk() { heal(); }

void FaultyDisk::leave(std::size_t bytes) {
  const std::lock_guard lock(mutex);
  is_full = true;
  left = bytes;
  armed = true;
}

void FaultyDisk::fail_syncs() {
  const std::lock_guard lock(mutex);
  syncs_fail = true;
  armed = true;
}

void FaultyDisk::heal() {
  const std::lock_guard lock(mutex);
  is_full = false;
  syncs_fail = false;
  armed = false;
}

}  // namespace ledger::testing

// The C library's names, which the dynamic linker finds here first.
extern "C" {

ssize_t write(int file, const void* bytes, std::size_t size) {
  const std::size_t fits = take(file, size);
  if (fits == 0 && size != 0) {
    errno = ENOSPC;
    return -1;
  }
  return syscall(SYS_write, file, bytes, fits);
}

ssize_t pwrite(int file, const void* bytes, std::size_t size, off_t at) {
  const std::size_t fits = take(file, size);
  if (fits == 0 && size != 0) {
    errno = ENOSPC;
    return -1;
  }
  return syscall(SYS_pwrite64, file, bytes, fits, at);
}

int fdatasync(int file) {
  if (sync_fails(file)) {
    errno = EIO;
    return -1;
  }
  return static_cast<int>(syscall(SYS_fdatasync, file));
}

int fsync(int file) {
  if (sync_fails(file)) {
    errno = EIO;
    return -1;
  }
  return static_cast<int>(syscall(SYS_fsync, file));
}

// Room that was set aside would be written to later although the disk is full: none is set aside.
int fallocate(int file, int mode, off_t from, off_t size) {
  if (armed) {
    errno = ENOSPC;
    return -1;
  }
  return static_cast<int>(syscall(SYS_fallocate, file, mode, from, size));
}

// RocksDB asks how much is free before it goes on by itself.
int statvfs(const char* path, struct statvfs* out) noexcept {
  if (is_full_at(path)) {
    *out = {};
    out->f_bsize = out->f_frsize = 4096;
    return 0;
  }
  struct statvfs64 found{};
  if (statvfs64(path, &found) != 0) return -1;
  *out = {};
  out->f_bsize = found.f_bsize;
  out->f_frsize = found.f_frsize;
  out->f_blocks = found.f_blocks;
  out->f_bfree = found.f_bfree;
  out->f_bavail = found.f_bavail;
  return 0;
}
}
