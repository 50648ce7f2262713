#include "platform/rocks/database.h"

#include <fmt/format.h>
#include <rocksdb/db.h>
#include <rocksdb/perf_level.h>
#include <rocksdb/write_batch.h>

#include <algorithm>
#include <mutex>
#include <shared_mutex>

#include "platform/assert.h"
#include "platform/rocks/options.h"
#include "platform/rocks/writer.h"

namespace ledger::rocks {

namespace {

rocksdb::Slice slice(std::string_view text) { return {text.data(), text.size()}; }
std::string_view view(const rocksdb::Slice& text) { return {text.data(), text.size()}; }

Error to_error(const rocksdb::Status& status) {
  return {status.IsCorruption() ? ErrorCode::kCorrupt : ErrorCode::kUnavailable, status.ToString()};
}

Status check(const rocksdb::Status& status) {
  if (status.ok()) return {};
  return tl::unexpected(to_error(status));
}

// Nothing can be done about these, and nothing is lost by them: the log is synced.
void ignore(const rocksdb::Status& status) { status.PermitUncheckedError(); }

class RocksSnapshot final : public Snapshot {
 public:
  explicit RocksSnapshot(rocksdb::DB& db) : db_(db), snapshot_(db.GetSnapshot()) {}
  ~RocksSnapshot() override { db_.ReleaseSnapshot(snapshot_); }
  RocksSnapshot(const RocksSnapshot&) = delete;
  RocksSnapshot& operator=(const RocksSnapshot&) = delete;
  [[nodiscard]] const rocksdb::Snapshot* get() const { return snapshot_; }

 private:
  rocksdb::DB& db_;
  const rocksdb::Snapshot* snapshot_;
};

rocksdb::ReadOptions read_options(const Snapshot* snapshot) {
  rocksdb::ReadOptions options;
  if (snapshot != nullptr) {
    options.snapshot = static_cast<const RocksSnapshot*>(snapshot)->get();
  }
  return options;
}

// Ends at the prefix's end by itself: RocksDB keeps a pointer to the bound, so it lives here.
class PrefixIterator final : public Iterator {
 public:
  PrefixIterator(rocksdb::DB& db, rocksdb::ColumnFamilyHandle* family, std::string_view prefix,
                 std::string_view from, rocksdb::ReadOptions options)
      : bound_(upper_bound(prefix)), bound_slice_(bound_) {
    rocksdb::SetPerfLevel(rocksdb::PerfLevel::kDisable);  // counters cost a fifth of a walk
    if (!bound_.empty()) options.iterate_upper_bound = &bound_slice_;
    iterator_.reset(db.NewIterator(options, family));
    iterator_->Seek(slice(std::max(prefix, from)));
  }
  [[nodiscard]] bool valid() const override { return iterator_->Valid(); }
  void next() override { iterator_->Next(); }
  [[nodiscard]] std::string_view key() const override { return view(iterator_->key()); }
  [[nodiscard]] std::string_view value() const override { return view(iterator_->value()); }
  [[nodiscard]] Status status() const override { return check(iterator_->status()); }

 private:
  // The first key behind all that begin with `prefix`; empty: there is none.
  static std::string upper_bound(std::string_view prefix) {
    std::string bound(prefix);
    while (!bound.empty() && static_cast<unsigned char>(bound.back()) == 0xff) bound.pop_back();
    if (!bound.empty()) ++bound.back();
    return bound;
  }
  std::string bound_;
  rocksdb::Slice bound_slice_;
  std::unique_ptr<rocksdb::Iterator> iterator_;
};

class FailedIterator final : public Iterator {
 public:
  explicit FailedIterator(Error error) : error_(std::move(error)) {}
  [[nodiscard]] bool valid() const override { return false; }
  void next() override {}
  [[nodiscard]] std::string_view key() const override { return {}; }
  [[nodiscard]] std::string_view value() const override { return {}; }
  [[nodiscard]] Status status() const override { return tl::unexpected(error_); }

 private:
  Error error_;
};

// Shared by whoever is using it right now, so that a family can be dropped meanwhile.
using Family = std::shared_ptr<rocksdb::ColumnFamilyHandle>;

// Families by name. Few, so a short walk beats a hash; readers never wait for each other, and only
// making or dropping a family waits for them.
class Families {
 public:
  [[nodiscard]] Family find(std::string_view name) const {
    const std::shared_lock lock(mutex_);
    for (const auto& family : families_) {
      if (family->GetName() == name) return family;
    }
    return nullptr;
  }
  void add(Family family) {
    const std::unique_lock lock(mutex_);
    families_.push_back(std::move(family));
  }
  [[nodiscard]] Family remove(std::string_view name) {
    const std::unique_lock lock(mutex_);
    const auto found = std::find_if(families_.begin(), families_.end(), [&](const Family& family) {
      return family->GetName() == name;
    });
    if (found == families_.end()) return nullptr;
    Family family = std::move(*found);
    families_.erase(found);
    return family;
  }
  [[nodiscard]] std::vector<std::string> names() const {
    const std::shared_lock lock(mutex_);
    std::vector<std::string> names;
    names.reserve(families_.size());
    for (const auto& family : families_) names.push_back(family->GetName());
    return names;
  }

 private:
  mutable std::shared_mutex mutex_;
  std::vector<Family> families_;
};

class RocksBatch final : public Batch {
 public:
  RocksBatch(const Families& families, std::size_t room) : families_(families), batch_(room) {}

  void put(std::string_view family, std::string_view key, std::string_view value) override {
    note(batch_.Put(handle_of(family), slice(key), slice(value)));
  }
  void erase(std::string_view family, std::string_view key) override {
    note(batch_.Delete(handle_of(family), slice(key)));
  }
  [[nodiscard]] std::size_t count() const override {
    return static_cast<std::size_t>(batch_.Count());
  }
  [[nodiscard]] std::size_t bytes() const override { return batch_.GetDataSize(); }
  void clear() override {
    batch_.Clear();
    used_.clear();
  }
  [[nodiscard]] rocksdb::WriteBatch& raw() { return batch_; }

 private:
  // A batch mostly stays with one family for many rows: its name is compared first, and the lock is
  // taken once for each.
  rocksdb::ColumnFamilyHandle* handle_of(std::string_view name) {
    if (last_ < used_.size() && used_[last_]->GetName() == name) return used_[last_].get();
    for (last_ = 0; last_ < used_.size(); ++last_) {
      if (used_[last_]->GetName() == name) return used_[last_].get();
    }
    Family family = families_.find(name);
    LEDGER_ASSERT(family != nullptr, "a batch writes to families that were opened");
    used_.push_back(std::move(family));
    return used_.back().get();
  }
  static void note(const rocksdb::Status& status) {
    LEDGER_ASSERT(status.ok(), "adding to a batch in memory cannot fail");
  }
  const Families& families_;
  rocksdb::WriteBatch batch_;
  std::vector<Family> used_;
  std::size_t last_ = 0;
};

class RocksDatabase final : public Database {
 public:
  RocksDatabase(rocksdb::DB* db, const std::vector<rocksdb::ColumnFamilyHandle*>& handles,
                rocksdb::ColumnFamilyOptions family_options, bool walks_fill_cache,
                std::unique_ptr<Writer> writer)
      : writer_(std::move(writer)),
        db_(db),
        family_options_(std::move(family_options)),
        walks_fill_cache_(walks_fill_cache) {
    for (auto* handle : handles) families_.add(own(handle));
  }
  ~RocksDatabase() override {
    for (const auto& name : families_.names()) (void)families_.remove(name);
    ignore(db_->Close());
  }
  RocksDatabase(const RocksDatabase&) = delete;
  RocksDatabase& operator=(const RocksDatabase&) = delete;

  [[nodiscard]] std::vector<std::string> families() const override { return families_.names(); }
  Status create_family(const std::string& name) override {
    if (families_.find(name) != nullptr) return {};
    rocksdb::ColumnFamilyHandle* handle = nullptr;
    LEDGER_CHECK(check(db_->CreateColumnFamily(family_options_, name, &handle)));
    families_.add(own(handle));
    return {};
  }
  Status drop_family(const std::string& name) override {
    const Family family = families_.remove(name);
    if (family == nullptr) return {};
    return check(db_->DropColumnFamily(family.get()));
  }

  [[nodiscard]] std::unique_ptr<Batch> batch(std::size_t room_bytes) const override {
    return std::make_unique<RocksBatch>(families_, room_bytes);
  }
  Status write(Batch& batch, bool sync) override {
    return writer_->write(*db_, static_cast<RocksBatch&>(batch).raw(), sync);
  }

  Status purge(std::string_view family) override {
    LEDGER_CHECK(flush_all());
    const Family handle = families_.find(family);
    if (handle == nullptr) return {};
    rocksdb::CompactRangeOptions all;
    all.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForce;
    all.exclusive_manual_compaction = true;
    LEDGER_CHECK(check(db_->CompactRange(all, handle.get(), nullptr, nullptr)));
    // A list of files that is begun anew opens with the files of before the change that began it:
    // one change more leaves those of before the compaction behind.
    LEDGER_CHECK(flush_ballast());
    return await_deletions();
  }

  Result<std::optional<std::string>> get(std::string_view family, std::string_view key,
                                         const Snapshot* snapshot) const override {
    const Family handle = families_.find(family);
    if (handle == nullptr) return std::nullopt;
    std::string value;
    const auto status = db_->Get(read_options(snapshot), handle.get(), slice(key), &value);
    if (status.IsNotFound()) return std::nullopt;
    if (!status.ok()) return tl::unexpected(to_error(status));
    return value;
  }
  Result<std::vector<std::optional<std::string>>> multi_get(
      std::string_view family, const std::vector<std::string>& keys) const override {
    std::vector<std::optional<std::string>> answers(keys.size());
    const Family handle = families_.find(family);
    if (handle == nullptr) return answers;
    const std::vector<rocksdb::Slice> slices(keys.begin(), keys.end());
    std::vector<rocksdb::PinnableSlice> values(keys.size());
    std::vector<rocksdb::Status> statuses(keys.size());
    db_->MultiGet(read_options(nullptr), handle.get(), keys.size(), slices.data(), values.data(),
                  statuses.data());
    for (std::size_t i = 0; i < keys.size(); ++i) {
      if (statuses[i].ok()) {
        answers[i] = values[i].ToString();
      } else if (!statuses[i].IsNotFound()) {
        return tl::unexpected(to_error(statuses[i]));
      }
    }
    return answers;
  }
  [[nodiscard]] std::unique_ptr<Iterator> iterate(std::string_view family, std::string_view prefix,
                                                  std::string_view from,
                                                  const Snapshot* snapshot) const override {
    const Family handle = families_.find(family);
    if (handle == nullptr) {
      return std::make_unique<FailedIterator>(
          Error{ErrorCode::kInternal, fmt::format("there is no column family '{}'", family)});
    }
    auto options = read_options(snapshot);
    options.fill_cache = walks_fill_cache_;
    return std::make_unique<PrefixIterator>(*db_, handle.get(), prefix, from, options);
  }
  Result<std::optional<std::string>> last_key(std::string_view family,
                                              std::string_view prefix) const override {
    const Family handle = families_.find(family);
    if (handle == nullptr) return std::nullopt;
    const std::unique_ptr<rocksdb::Iterator> at(
        db_->NewIterator(read_options(nullptr), handle.get()));
    std::string behind(prefix);
    behind.append(9, '\xff');  // longer than any key's rest that begins with ff
    at->SeekForPrev(behind);
    if (at->Valid() && view(at->key()).starts_with(prefix)) return at->key().ToString();
    LEDGER_CHECK(check(at->status()));
    return std::nullopt;
  }
  [[nodiscard]] std::shared_ptr<const Snapshot> snapshot() const override {
    return std::make_shared<RocksSnapshot>(*db_);
  }

 private:
  // Each with the log of writes begun anew: the writer's ballast sees to it that there is something
  // to flush wherever there is something in the log. A log that no family needs any more is
  // deleted.
  Status flush_all() {
    for (const auto& name : families_.names()) {
      const Family family = families_.find(name);
      if (family == nullptr) continue;
      const auto flushed = db_->Flush(rocksdb::FlushOptions(), family.get());
      if (!flushed.ok() && !flushed.IsColumnFamilyDropped()) return check(flushed);
    }
    return {};
  }
  // Changes the list of files without changing a row of anybody's.
  Status flush_ballast() {
    writer_->load(*db_);
    return check(db_->Flush(rocksdb::FlushOptions()));
  }
  // Files are deleted behind the backs of those who wait for a flush. Asking for the logs waits for
  // deletions that are under way, and does what is left of them.
  Status await_deletions() {
    rocksdb::VectorLogPtr logs;
    return check(db_->GetSortedWalFiles(logs));
  }
  [[nodiscard]] Family own(rocksdb::ColumnFamilyHandle* handle) {
    return {handle, [db = db_.get()](auto* done) { ignore(db->DestroyColumnFamilyHandle(done)); }};
  }

  std::unique_ptr<Writer> writer_;
  std::unique_ptr<rocksdb::DB> db_;
  rocksdb::ColumnFamilyOptions family_options_;
  const bool walks_fill_cache_;
  Families families_;
};

// The families on disk and the wanted ones. A directory that is new has no list of them yet.
Result<std::vector<std::string>> all_families(const rocksdb::Options& rocks,
                                              const Database::Options& options) {
  std::vector<std::string> names{rocksdb::kDefaultColumnFamilyName};
  if (Database::exists(options.directory)) {
    LEDGER_CHECK(check(rocksdb::DB::ListColumnFamilies(rocks, options.directory.string(), &names)));
  }
  for (const auto& wanted : options.families) {
    if (std::find(names.begin(), names.end(), wanted) == names.end()) names.push_back(wanted);
  }
  return names;
}

Error cannot_open(const std::filesystem::path& directory, const rocksdb::Status& status) {
  const std::string text = status.ToString();
  if (status.IsIOError() && text.find("/LOCK: ") != std::string::npos) {
    return {ErrorCode::kMisconfigured,
            fmt::format("{} is in use by another process", directory.string())};
  }
  ErrorCode code = ErrorCode::kMisconfigured;
  if (status.IsCorruption()) code = ErrorCode::kCorrupt;
  if (status.IsNoSpace()) code = ErrorCode::kUnavailable;
  return {code, fmt::format("{} cannot be opened: {}", directory.string(), text)};
}

}  // namespace

bool Database::exists(const std::filesystem::path& directory) {
  std::error_code unknown;
  return std::filesystem::exists(directory / "CURRENT", unknown);
}

Result<std::unique_ptr<Database>> Database::open(const Options& options) {
  std::error_code problem;
  std::filesystem::create_directories(options.directory, problem);
  if (problem) {
    return fail(ErrorCode::kMisconfigured,
                fmt::format("the directory {} cannot be made: {}", options.directory.string(),
                            problem.message()));
  }
  auto rocks = database_options(options);
  auto writer = std::make_unique<Writer>();
  writer->listen(rocks);
  const auto family = family_options(options);
  LEDGER_TRY(const auto names, all_families(rocks, options));
  std::vector<rocksdb::ColumnFamilyDescriptor> descriptors;
  for (const auto& name : names) descriptors.emplace_back(name, family);
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* db = nullptr;
  const auto status =
      rocksdb::DB::Open(rocks, options.directory.string(), descriptors, &handles, &db);
  if (!status.ok()) return tl::unexpected(cannot_open(options.directory, status));
  return std::make_unique<RocksDatabase>(db, handles, family, options.walk_prefix_bytes == 0,
                                         std::move(writer));
}

}  // namespace ledger::rocks
