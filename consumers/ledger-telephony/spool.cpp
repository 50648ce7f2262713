#include "consumers/ledger-telephony/spool.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <map>
#include <string>
#include <utility>

namespace ledger::edge {

namespace {

namespace fs = std::filesystem;

tl::unexpected<Error> disk_problem() {
  return fail(ErrorCode::kUnavailable,
              fmt::format("the spool cannot be written: {}", std::strerror(errno)));
}

// The number behind "ami.csv-", 0 for another name.
std::uint64_t number_of(const fs::path& part, const fs::path& file) {
  const std::string name = part.filename().string();
  const std::string begin = file.filename().string() + "-";
  if (!name.starts_with(begin)) return 0;
  std::uint64_t number = 0;
  const char* last = name.data() + name.size();
  const auto [end, problem] = std::from_chars(name.data() + begin.size(), last, number);
  return problem == std::errc() && end == last ? number : 0;
}

std::uint64_t size_of(const fs::path& file) {
  std::error_code none;
  const auto size = fs::file_size(file, none);
  return none ? 0 : size;
}

int open_for_lines(const fs::path& file) {
  return ::open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

}  // namespace

asterisk::Settings spool_settings(asterisk::Settings settings) {
  settings.order.clear();
  settings.columns = asterisk::Columns{true, true, true};
  settings.json = false;
  settings.gmtime = false;
  return settings;
}

std::uint64_t Spool::inode_of(const fs::path& file) {
  struct stat status{};
  return stat(file.c_str(), &status) == 0 ? status.st_ino : 0;
}

std::vector<fs::path> Spool::parts(const fs::path& file) {
  std::map<std::uint64_t, fs::path> numbered;
  std::error_code problem;
  for (fs::directory_iterator entry(file.parent_path(), problem), end; !problem && entry != end;
       entry.increment(problem)) {
    if (const auto number = number_of(entry->path(), file)) numbered[number] = entry->path();
  }
  std::vector<fs::path> parts;
  parts.reserve(numbered.size());
  for (auto& [number, part] : numbered) parts.push_back(std::move(part));
  return parts;
}

Result<std::unique_ptr<Spool>> Spool::open(const fs::path& file) {
  const int opened = open_for_lines(file);
  struct stat status{};
  if (opened < 0 || fstat(opened, &status) != 0) {
    if (opened >= 0) close(opened);
    return disk_problem();
  }
  std::unique_ptr<Spool> spool(new Spool(file, opened, static_cast<std::uint64_t>(status.st_size)));
  for (const fs::path& part : parts(file)) spool->parts_ += size_of(part);
  // A crash may have left half a line; the next record must not become its other half.
  if (spool->size_ > 0 && spool->size_ + spool->parts_ < kSpoolBytesMax) {
    LEDGER_CHECK(spool->append("\n"));
  }
  return spool;
}

Spool::~Spool() { close(file_); }

// Under the lock.
Status Spool::begin_part() {
  const auto before = parts(path_);
  const std::uint64_t number = before.empty() ? 1 : number_of(before.back(), path_) + 1;
  const fs::path part = path_.string() + "-" + std::to_string(number);
  if (std::rename(path_.c_str(), part.c_str()) != 0) return disk_problem();
  const int fresh = open_for_lines(path_);
  if (fresh < 0) {
    const auto problem = disk_problem();
    // As it was. If not even that goes, the next start finds the part by its number.
    std::error_code none;
    fs::rename(part, path_, none);
    return problem;
  }
  close(file_);
  file_ = fresh;
  parts_ += size_;
  size_ = 0;
  // The new name is durable only when its directory is.
  const int folder = ::open(path_.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool good = folder >= 0 && fsync(folder) == 0;
  if (folder >= 0) close(folder);
  if (!good) return disk_problem();
  return {};
}

Status Spool::append(std::string_view line) {
  const std::lock_guard lock(mutex_);
  if (parts_ + size_ + line.size() > kSpoolBytesMax) {
    return fail(ErrorCode::kTooLarge, "the spool is full: the server has been away for too long");
  }
  if (size_ >= kSpoolPartBytes) LEDGER_CHECK(begin_part());
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

void Spool::remove_before(std::uint64_t inode) {
  const std::lock_guard lock(mutex_);
  const auto all = parts(path_);
  auto keep = std::find_if(all.begin(), all.end(),
                           [&](const fs::path& part) { return inode_of(part) == inode; });
  if (inode == 0 || (keep == all.end() && inode_of(path_) != inode)) return;
  for (auto part = all.begin(); part != keep; ++part) {
    const std::uint64_t size = size_of(*part);
    std::error_code problem;
    if (fs::remove(*part, problem)) parts_ -= std::min(parts_, size);
  }
}

}  // namespace ledger::edge
