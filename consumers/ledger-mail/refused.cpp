#include "consumers/ledger-mail/refused.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <string>

namespace ledger::gateway {

namespace {

constexpr const char* kRefused = "refused";

tl::unexpected<Error> failed(const std::filesystem::path& path) {
  return fail(ErrorCode::kUnavailable,
              fmt::format("{} cannot be written: {}", path.string(), std::strerror(errno)));
}

bool write_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return fsync(file) == 0;
}

// So that a name that was given stays after a crash.
bool sync_directory(const std::filesystem::path& directory) {
  const int opened = open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (opened < 0) return false;
  const bool synced = fsync(opened) == 0;
  close(opened);
  return synced;
}

}  // namespace

Status keep_refused(const std::filesystem::path& data, std::string_view digest,
                    std::string_view letter) {
  // Two connections may bring the same letter at once: each writes a file of its own.
  static std::atomic<unsigned> count = 0;
  const auto directory = data / kRefused;
  const auto path = directory / fmt::format("{}.eml", digest);
  if (std::error_code ignored; std::filesystem::exists(path, ignored)) return {};
  const auto part = directory / fmt::format("{}.{}.part", digest, count++);
  const int file = open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return failed(part);
  const bool written = write_all(file, letter);
  auto outcome = written ? Status() : Status(failed(part));
  close(file);
  if (written && rename(part.c_str(), path.c_str()) == 0 && sync_directory(directory)) return {};
  if (outcome) outcome = failed(path);
  unlink(part.c_str());
  return outcome;
}

Status prepare_data(const std::filesystem::path& data) {
  std::error_code failure;
  std::filesystem::create_directories(data, failure);
  const auto directory = data / kRefused;
  const bool made = !failure && (mkdir(directory.c_str(), 0700) == 0 || errno == EEXIST);
  if (made && access(directory.c_str(), W_OK | X_OK) == 0) return {};
  return fail(ErrorCode::kMisconfigured,
              fmt::format("{} cannot be written: {}", directory.string(),
                          failure ? failure.message() : std::strerror(errno)),
              "data");
}

}  // namespace ledger::gateway
