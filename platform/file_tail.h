#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/result.h"

namespace ledger {

// A place in a file that may have another name by now. `head` is how the file begins (up to
// FileTail::kHeadBytes of what was before the place): with it a reused inode or a rewritten file is
// told from the old one.
struct FilePlace {
  std::uint64_t inode = 0;  // 0: no file yet
  std::uint64_t offset = 0;
  std::string head;

  static void fields(auto&& field) {
    field("inode", &FilePlace::inode);
    field("offset", &FilePlace::offset);
    field("head", &FilePlace::head);
  }
  bool operator==(const FilePlace&) const = default;
};

// Follows a text file while another program writes it and somebody rotates it.
//
// read() gives what is there, without waiting; consume() says how many of those bytes were whole
// records. The rest is given again with more behind it, so half a line waits for its other half.
//
// Renamed and made anew: the old file is read to its end, under whatever name that begins with its
// own (Master.csv.1, Master.csv-20261124), then those rotated after it, by their age, then the new
// one. Emptied in place (copytruncate): what was not read is looked for in a copy that begins the
// same. Both also at start, from the place of an earlier run. A rest that is found nowhere, because
// it was deleted or compressed, is logged and counted, never passed over in silence; then all that
// were rotated and are left are read, at worst again, since any may have followed it.
//
// One thread.
class FileTail {
 public:
  static constexpr std::size_t kHeadBytes = 256;
  static constexpr std::size_t kChunkBytes = 256 * 1024;

  // From `place` on; from the beginning where that names no file. The file need not exist yet.
  FileTail(std::filesystem::path path, FilePlace place);
  ~FileTail();
  FileTail(const FileTail&) = delete;
  FileTail& operator=(const FileTail&) = delete;

  struct Chunk {
    std::string_view bytes;  // at most kChunkBytes; lives until the next call
    bool at_end = false;     // of the file, as it is now
    // Nothing will be written behind it: the file was rotated away. Its last record is whole even
    // without a line end.
    bool last_of_file = false;
  };
  // kUnavailable: the file cannot be read (permissions, disk); to be tried again.
  [[nodiscard]] Result<Chunk> read();
  // So many bytes of the last chunk are done; to be said after every read, also of none. Of one of
  // kChunkBytes some must be, of the last of its file all. kUnavailable: the next file cannot be
  // opened; to be tried again by reading.
  [[nodiscard]] Status consume(std::size_t bytes);

  // For a reader that reads nothing for a while, now and then: sees how far the file has grown, so
  // that emptying it meanwhile is not mistaken for having been read to its end.
  void watch();

  // Where a byte of the last chunk stands, counted from its first; by itself where the next read
  // begins.
  [[nodiscard]] FilePlace place(std::size_t at = 0) const;
  // Bytes not consumed yet, of all files that are still to be read.
  [[nodiscard]] std::uint64_t lag_bytes() const;
  // How often the rest of a file was not found.
  [[nodiscard]] std::uint64_t rests_lost() const { return rests_lost_; }

 private:
  struct Found {
    std::filesystem::path path;
    std::uint64_t inode;
    std::uint64_t size;
    std::int64_t written_ns;
  };
  [[nodiscard]] static std::optional<Found> look_at(const std::filesystem::path& path);
  [[nodiscard]] std::vector<Found> rotated() const;
  [[nodiscard]] std::vector<Found> still_to_read() const;
  [[nodiscard]] std::optional<Found> holder_of_rest() const;
  [[nodiscard]] Status open_first();
  [[nodiscard]] Status open_at(const Found& found, std::uint64_t offset);
  [[nodiscard]] Status check_emptied();
  void close_file();
  void lose_rest(std::string_view why);

  std::filesystem::path path_;
  FilePlace place_;         // of the first byte of buffer_
  std::string buffer_;      // read and not consumed
  std::uint64_t seen_ = 0;  // the largest size of the open file
  int file_ = -1;
  bool resumed_ = false;       // place_ has been looked for
  bool rotated_away_ = false;  // as seen before the last read
  bool last_of_file_ = false;  // the last chunk was
  std::uint64_t rests_lost_ = 0;
};

}  // namespace ledger
