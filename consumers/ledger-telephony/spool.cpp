#include "consumers/ledger-telephony/spool.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace ledger::edge {

namespace {

tl::unexpected<Error> disk_problem() {
  return fail(ErrorCode::kUnavailable,
              fmt::format("the spool cannot be written: {}", std::strerror(errno)));
}

}  // namespace

Result<std::unique_ptr<Spool>> Spool::open(const std::filesystem::path& file) {
  const int opened = ::open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  struct stat status{};
  if (opened < 0 || fstat(opened, &status) != 0) {
    if (opened >= 0) close(opened);
    return disk_problem();
  }
  std::unique_ptr<Spool> spool(new Spool(opened, static_cast<std::uint64_t>(status.st_size)));
  // A crash may have left half a line; the next record must not become its other half.
  if (spool->size_ > 0 && spool->size_ < kSpoolBytesMax) LEDGER_CHECK(spool->append("\n"));
  return spool;
}

Spool::~Spool() { close(file_); }

Status Spool::append(std::string_view line) {
  const std::lock_guard lock(mutex_);
  if (size_ + line.size() > kSpoolBytesMax) {
    return fail(ErrorCode::kTooLarge, "the spool is full: the server has been away for too long");
  }
  std::string_view rest = line;
  while (!rest.empty()) {
    const ssize_t written = ::write(file_, rest.data(), rest.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) {
      const auto problem = disk_problem();
      // Half a line would spoil the next one.
      if (ftruncate(file_, static_cast<off_t>(size_)) != 0) size_ += line.size() - rest.size();
      return problem;
    }
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
  size_ += line.size();
  if (fdatasync(file_) != 0) return disk_problem();
  return {};
}

void Spool::empty_if_done(std::uint64_t read_to) {
  const std::lock_guard lock(mutex_);
  if (size_ < kSpoolEmptiedAt || read_to != size_) return;
  if (ftruncate(file_, 0) == 0) size_ = 0;
}

}  // namespace ledger::edge
