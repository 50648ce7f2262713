#include "platform/file_tail.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <tuple>

#include "platform/logging.h"

namespace ledger {

namespace {

namespace fs = std::filesystem;

std::int64_t written_ns(const struct stat& status) {
  return std::int64_t{status.st_mtim.tv_sec} * 1'000'000'000 + status.st_mtim.tv_nsec;
}

tl::unexpected<Error> cannot(std::string_view what, const fs::path& path) {
  return fail(ErrorCode::kUnavailable,
              fmt::format("{} cannot be {}: {}", path.string(), what, std::strerror(errno)));
}

// Appends up to `bytes` from `offset` on; fewer at the end of the file.
bool read_at(int file, std::uint64_t offset, std::size_t bytes, std::string& to) {
  const std::size_t before = to.size();
  to.resize(before + bytes);
  std::size_t done = 0;
  while (done < bytes) {
    const ssize_t got =
        pread(file, to.data() + before + done, bytes - done, static_cast<off_t>(offset + done));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      to.resize(before);
      return false;
    }
    if (got == 0) break;
    done += static_cast<std::size_t>(got);
  }
  to.resize(before + done);
  return true;
}

bool begins_with(int file, const std::string& head) {
  std::string start;
  return read_at(file, 0, head.size(), start) && start == head;
}

bool begins_with(const fs::path& path, const std::string& head) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return false;
  const bool same = begins_with(file, head);
  close(file);
  return same;
}

bool is_compressed(const fs::path& path) {
  static constexpr std::array<std::string_view, 5> kEndings{".gz", ".bz2", ".xz", ".zst", ".lz4"};
  const std::string ending = path.extension().string();
  return std::find(kEndings.begin(), kEndings.end(), ending) != kEndings.end();
}

}  // namespace

FileTail::FileTail(fs::path path, FilePlace place)
    : path_(std::move(path)), place_(std::move(place)) {}

FileTail::~FileTail() { close_file(); }

std::optional<FileTail::Found> FileTail::look_at(const fs::path& path) {
  struct stat status{};
  if (stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
  return Found{path, status.st_ino, static_cast<std::uint64_t>(status.st_size), written_ns(status)};
}

// The files that this one was before it was rotated, oldest first.
std::vector<FileTail::Found> FileTail::rotated() const {
  const std::string name = path_.filename().string();
  const fs::path folder = path_.has_parent_path() ? path_.parent_path() : fs::path(".");
  std::vector<Found> found;
  std::error_code problem;
  for (fs::directory_iterator entry(folder, problem), end; !problem && entry != end;
       entry.increment(problem)) {
    const std::string other = entry->path().filename().string();
    const bool ours = other.size() > name.size() && other.starts_with(name) &&
                      (other[name.size()] == '.' || other[name.size()] == '-');
    if (!ours || is_compressed(entry->path())) continue;
    if (auto file = look_at(entry->path())) found.push_back(*std::move(file));
  }
  std::sort(found.begin(), found.end(), [](const Found& left, const Found& right) {
    return std::tie(left.written_ns, left.path) < std::tie(right.written_ns, right.path);
  });
  return found;
}

// After the open file, in order; the last is the one that is being written, if it is there.
std::vector<FileTail::Found> FileTail::still_to_read() const {
  std::vector<Found> files;
  auto current = look_at(path_);
  struct stat open_file{};
  if (file_ >= 0 && fstat(file_, &open_file) == 0) {
    if (current && current->inode == place_.inode) return {};
    for (auto& found : rotated()) {
      const bool later = found.written_ns > written_ns(open_file);
      if (later && found.inode != place_.inode) files.push_back(std::move(found));
    }
  }
  if (current) files.push_back(*std::move(current));
  return files;
}

// Whichever file holds what comes behind place_: the one of that inode, else one that begins the
// same, as the copy does that copytruncate leaves.
std::optional<FileTail::Found> FileTail::holder_of_rest() const {
  std::vector<Found> candidates = rotated();
  if (auto current = look_at(path_)) candidates.push_back(*std::move(current));
  const auto holds = [&](const Found& found) {
    return found.size >= place_.offset && begins_with(found.path, place_.head);
  };
  for (const Found& found : candidates) {
    if (found.inode == place_.inode && holds(found)) return found;
  }
  if (place_.head.empty()) return std::nullopt;
  const auto copy = std::find_if(candidates.begin(), candidates.end(), holds);
  if (copy == candidates.end()) return std::nullopt;
  return *copy;
}

void FileTail::close_file() {
  if (file_ >= 0) close(file_);
  file_ = -1;
  rotated_away_ = false;
}

Status FileTail::open_at(const Found& found, std::uint64_t offset) {
  const int file = open(found.path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return cannot("opened", found.path);
  struct stat status{};
  if (fstat(file, &status) != 0) {
    close(file);
    return cannot("read", found.path);
  }
  if (status.st_ino != found.inode) {
    close(file);
    return fail(ErrorCode::kUnavailable,
                fmt::format("{} was renamed this very moment", found.path.string()));
  }
  close_file();
  file_ = file;
  buffer_.clear();
  place_.inode = status.st_ino;
  place_.offset = offset;
  seen_ = offset;
  if (offset == 0) place_.head.clear();
  return {};
}

void FileTail::lose_rest(std::string_view why) {
  ++rests_lost_;
  log::error("what followed in a rotated file cannot be read any more",
             {{"file", path_.string()},
              {"inode", static_cast<std::int64_t>(place_.inode)},
              {"offset", static_cast<std::int64_t>(place_.offset)},
              {"reason", why}});
}

Status FileTail::open_first() {
  if (!resumed_ && place_.inode != 0) {
    if (const auto holder = holder_of_rest()) {
      LEDGER_CHECK(open_at(*holder, place_.offset));
      resumed_ = true;
      return {};
    }
    if (!look_at(path_)) return {};  // it may have been moved away this very moment
    lose_rest("the file is gone, compressed, or was emptied");
    // How old it was went with it: those rotated after it may be any that are left.
    if (const auto left = rotated(); !left.empty()) {
      LEDGER_CHECK(open_at(left.front(), 0));
      resumed_ = true;
      return {};
    }
  }
  const auto current = look_at(path_);
  if (!current) return {};
  resumed_ = true;
  return open_at(*current, 0);
}

// Starts again at the top if the open file was emptied and is written anew.
Status FileTail::check_emptied() {
  struct stat status{};
  if (fstat(file_, &status) != 0) return cannot("read", path_);
  const auto size = static_cast<std::uint64_t>(status.st_size);
  if (size >= seen_ && begins_with(file_, place_.head)) return {};
  const auto copy = place_.head.empty() ? std::nullopt : holder_of_rest();
  if (copy) {
    log::info("the file was emptied; its rest is read from a copy",
              {{"copy", copy->path.string()}});
    return open_at(*copy, place_.offset);
  }
  if (seen_ > place_.offset) lose_rest("the file was emptied and there is no copy of it");
  log::info("the file was emptied and is read from its beginning", {{"file", path_.string()}});
  buffer_.clear();
  place_.offset = 0;
  place_.head.clear();
  seen_ = 0;
  return {};
}

void FileTail::watch() {
  struct stat status{};
  if (file_ < 0 || fstat(file_, &status) != 0) return;
  const auto size = static_cast<std::uint64_t>(status.st_size);
  if (size > seen_ && begins_with(file_, place_.head)) seen_ = size;
}

Result<FileTail::Chunk> FileTail::read() {
  last_of_file_ = false;
  if (file_ < 0) LEDGER_CHECK(open_first());
  if (file_ < 0) return Chunk{{}, true, false};
  LEDGER_CHECK(check_emptied());
  // Asked before reading: what is written between the two is read now. The second time only, since
  // a writer may have opened the file just before it was renamed.
  const auto current = look_at(path_);
  const bool away = current && current->inode != place_.inode;
  const bool for_good = away && rotated_away_;
  const std::size_t room = kChunkBytes - buffer_.size();
  const std::size_t before = buffer_.size();
  if (!read_at(file_, place_.offset + before, room, buffer_)) return cannot("read", path_);
  seen_ = std::max(seen_, place_.offset + buffer_.size());
  const bool at_end = buffer_.size() - before < room;
  rotated_away_ = away && at_end;
  last_of_file_ = for_good && at_end;
  return Chunk{buffer_, at_end, last_of_file_};
}

Status FileTail::consume(std::size_t bytes) {
  if (place_.head.size() < kHeadBytes && bytes > 0) {
    place_.head.clear();
    if (!read_at(file_, 0, std::min<std::uint64_t>(kHeadBytes, place_.offset + bytes),
                 place_.head)) {
      place_.head.clear();
    }
  }
  buffer_.erase(0, bytes);
  place_.offset += bytes;
  if (!last_of_file_ || !buffer_.empty()) return {};
  last_of_file_ = false;
  const auto next = still_to_read();
  if (next.empty()) return {};  // moved away this very moment
  return open_at(next.front(), 0);
}

FilePlace FileTail::place(std::size_t at) const {
  FilePlace place = place_;
  if (place.head.empty() && place.offset == 0) {
    place.head = buffer_.substr(0, std::min(at, kHeadBytes));
  }
  place.offset += at;
  return place;
}

std::uint64_t FileTail::lag_bytes() const {
  std::uint64_t lag = 0;
  struct stat status{};
  if (file_ >= 0 && fstat(file_, &status) == 0) {
    const auto size = static_cast<std::uint64_t>(status.st_size);
    lag = size - std::min(size, place_.offset);
  }
  for (const Found& found : still_to_read()) lag += found.size;
  return lag;
}

}  // namespace ledger
