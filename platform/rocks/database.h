#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/result.h"

// Thin ownership over RocksDB: one place for its options, its traps and its headers.
namespace ledger::rocks {

// A set of changes that become visible and durable together. Column families are named.
class Batch;

// A consistent view of the database as of its creation. Keep it short-lived: it pins files. It must
// not outlive the database.
class Snapshot {
 public:
  virtual ~Snapshot() = default;
};

// Walks keys in byte order within one prefix. Keep it for at most about a second.
class Iterator {
 public:
  virtual ~Iterator() = default;
  [[nodiscard]] virtual bool valid() const = 0;
  virtual void next() = 0;
  [[nodiscard]] virtual std::string_view key() const = 0;    // until next()
  [[nodiscard]] virtual std::string_view value() const = 0;  // until next()
  // To be asked once valid() is false: kCorrupt or kUnavailable if the walk ended early.
  [[nodiscard]] virtual Status status() const = 0;
};

// Thread-safe; writes take turns. Errors:
//   kUnavailable        a read that failed, or a write of which nothing was kept (disk full);
//   kPossiblyPersisted  a write that the device did not confirm: only a restart shows whether it is
//                       there. As a whole or not at all, like every batch;
//   kCorrupt            a wrong checksum.
// After a full disk the database takes writes again by itself, without a restart, within seconds of
// a write buffer's worth of free space. After any other failed write it refuses all further ones
// until it is opened again, for nobody knows what such a device has kept.
class Database {
 public:
  struct Options {
    std::filesystem::path directory;
    std::vector<std::string> families;  // opened, created if missing
    std::size_t block_cache_bytes = 256 * 1024 * 1024;
    std::size_t write_buffer_bytes = 64 * 1024 * 1024;
    // 0: laid out for lookups by key. Otherwise for long walks over keys that arrive in ascending
    // order wherever they share so many first bytes: large blocks, no filters, and a walk leaves
    // the cache alone.
    std::size_t walk_prefix_bytes = 0;
    // purge() takes keys too out of the list of files, where the first and the last of each file
    // stand. The list is written anew with every change of it: for small databases.
    bool forgets_keys = false;
  };
  // Whether there is one, in whatever state.
  [[nodiscard]] static bool exists(const std::filesystem::path& directory);
  // kMisconfigured: the directory is in use by another process, or not a database of ours.
  // kUnavailable: its disk is full. kCorrupt: files are missing or damaged.
  // Families on disk that `families` does not name are kept and can be dropped by name.
  [[nodiscard]] static Result<std::unique_ptr<Database>> open(const Options& options);
  virtual ~Database() = default;

  [[nodiscard]] virtual std::vector<std::string> families() const = 0;
  [[nodiscard]] virtual Status create_family(const std::string& name) = 0;  // fine if present
  [[nodiscard]] virtual Status drop_family(const std::string& name) = 0;    // fine if absent

  // With room for so many bytes: a large batch that grows is copied over and over.
  [[nodiscard]] virtual std::unique_ptr<Batch> batch(std::size_t room_bytes = 0) const = 0;
  // WAL on; `sync` waits for the device. Readers may see a batch shortly before that.
  [[nodiscard]] virtual Status write(Batch& batch, bool sync) = 0;
  // What was erased or overwritten in the family before is in no file of the directory any more
  // when it returns: not in tables, not in the log of writes. Rewrites the whole family, so it
  // takes as long as that, while others read and write. Snapshots and iterators of before must be
  // gone: they keep what they see. kUnavailable: some of it may still lie there; again.
  [[nodiscard]] virtual Status purge(std::string_view family) = 0;

  [[nodiscard]] virtual Result<std::optional<std::string>> get(
      std::string_view family, std::string_view key, const Snapshot* snapshot = nullptr) const = 0;
  // One answer per key, in order; cheaper than single gets for keys sorted by the caller.
  [[nodiscard]] virtual Result<std::vector<std::optional<std::string>>> multi_get(
      std::string_view family, const std::vector<std::string>& keys) const = 0;
  // From the first key >= `from` that still begins with `prefix`.
  [[nodiscard]] virtual std::unique_ptr<Iterator> iterate(
      std::string_view family, std::string_view prefix, std::string_view from = {},
      const Snapshot* snapshot = nullptr) const = 0;
  // The last key within the prefix, nullopt if there is none.
  [[nodiscard]] virtual Result<std::optional<std::string>> last_key(
      std::string_view family, std::string_view prefix) const = 0;
  [[nodiscard]] virtual std::shared_ptr<const Snapshot> snapshot() const = 0;
};

class Batch {
 public:
  virtual ~Batch() = default;
  virtual void put(std::string_view family, std::string_view key, std::string_view value) = 0;
  virtual void erase(std::string_view family, std::string_view key) = 0;
  [[nodiscard]] virtual std::size_t count() const = 0;  // operations
  [[nodiscard]] virtual std::size_t bytes() const = 0;
  virtual void clear() = 0;
};

}  // namespace ledger::rocks
