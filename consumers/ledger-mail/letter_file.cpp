#include "consumers/ledger-mail/letter_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace ledger::gateway {

namespace {

tl::unexpected<Error> no_room(std::string_view reason) {
  return fail(ErrorCode::kUnavailable, fmt::format("there is no room for the letter: {}", reason));
}

// Without a name where the file system can do that, else without one from now on.
int open_nameless(const std::filesystem::path& directory) {
  const int made = open(directory.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (made >= 0) return made;
  std::string name = (directory / "letter-XXXXXX").string();
  const int named = mkostemp(name.data(), O_CLOEXEC);
  if (named >= 0) unlink(name.c_str());
  return named;
}

}  // namespace

Status LetterFile::append(std::string_view bytes) {
  unmap();
  memory_ += bytes;
  return memory_.size() > kMemoryBytesMax ? flush() : Status();
}

Status LetterFile::flush() {
  if (on_disk_ + memory_.size() > kOnDiskBytesMax) return no_room("too many at once");
  if (file_ < 0) file_ = open_nameless(directory_);
  if (file_ < 0) return no_room(std::strerror(errno));
  std::string_view left = memory_;
  while (!left.empty()) {
    const ssize_t written = write(file_, left.data(), left.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return no_room(std::strerror(errno));
    left.remove_prefix(static_cast<std::size_t>(written));
    file_bytes_ += static_cast<std::size_t>(written);
    on_disk_ += static_cast<std::size_t>(written);
  }
  memory_.clear();
  return {};
}

Result<std::string_view> LetterFile::content() {
  if (file_ < 0) return std::string_view(memory_);
  if (!memory_.empty()) LEDGER_CHECK(flush());
  if (map_ == nullptr) {
    void* map = mmap(nullptr, file_bytes_, PROT_READ, MAP_PRIVATE, file_, 0);
    if (map == MAP_FAILED) return no_room(std::strerror(errno));
    map_ = map;
  }
  return std::string_view(static_cast<const char*>(map_), file_bytes_);
}

void LetterFile::unmap() {
  if (map_ != nullptr) munmap(map_, file_bytes_);
  map_ = nullptr;
}

void LetterFile::clear() {
  unmap();
  if (file_ >= 0) close(file_);
  file_ = -1;
  on_disk_ -= file_bytes_;
  file_bytes_ = 0;
  memory_.clear();
}

}  // namespace ledger::gateway
