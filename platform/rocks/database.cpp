#include "platform/rocks/database.h"

#include <fmt/format.h>
#include <rocksdb/cache.h>
#include <rocksdb/db.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/table.h>
#include <rocksdb/write_batch.h>

#include <algorithm>
#include <mutex>
#include <shared_mutex>

#include "platform/assert.h"

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

rocksdb::Options database_options(const Database::Options& options) {
  rocksdb::Options rocks;
  rocks.create_if_missing = true;
  rocks.create_missing_column_families = true;
  rocks.paranoid_checks = true;
  // A synced log that loses power ends in a torn record, which is normal and holds nothing that was
  // acknowledged; anything missing before it is not, and is noticed by the manifest's list of logs.
  rocks.wal_recovery_mode = rocksdb::WALRecoveryMode::kPointInTimeRecovery;
  rocks.track_and_verify_wals_in_manifest = true;
  rocks.write_buffer_size = options.write_buffer_bytes;
  rocks.max_background_jobs = 2;
  rocks.bytes_per_sync = 1 << 20;
  rocks.keep_log_file_num = 3;
  rocks.max_log_file_size = 4 << 20;
  rocks.info_log_level = rocksdb::InfoLogLevel::WARN_LEVEL;
  return rocks;
}

rocksdb::ColumnFamilyOptions family_options(const Database::Options& options,
                                            const std::shared_ptr<rocksdb::Cache>& cache) {
  rocksdb::ColumnFamilyOptions family;
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = cache;
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10, false));
  table.format_version = 5;
  family.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  family.write_buffer_size = options.write_buffer_bytes;
  family.memtable_whole_key_filtering = true;
  family.memtable_prefix_bloom_size_ratio = 0.02;
  family.compression = rocksdb::kLZ4Compression;
  family.bottommost_compression = rocksdb::kZSTD;
  family.level_compaction_dynamic_level_bytes = true;
  return family;
}

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
                 std::string_view from, const Snapshot* snapshot)
      : bound_(upper_bound(prefix)), bound_slice_(bound_) {
    auto options = read_options(snapshot);
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

// Families by name. Few, so a short walk beats a hash; shared, since readers never wait for each
// other, and only making or dropping a family waits for them.
class Families {
 public:
  [[nodiscard]] rocksdb::ColumnFamilyHandle* find(std::string_view name) const {
    const std::shared_lock lock(mutex_);
    for (auto* handle : handles_) {
      if (handle->GetName() == name) return handle;
    }
    return nullptr;
  }
  void add(rocksdb::ColumnFamilyHandle* handle) {
    const std::unique_lock lock(mutex_);
    handles_.push_back(handle);
  }
  [[nodiscard]] rocksdb::ColumnFamilyHandle* remove(std::string_view name) {
    const std::unique_lock lock(mutex_);
    const auto found = std::find_if(handles_.begin(), handles_.end(),
                                    [&](const auto* handle) { return handle->GetName() == name; });
    if (found == handles_.end()) return nullptr;
    auto* handle = *found;
    handles_.erase(found);
    return handle;
  }
  [[nodiscard]] std::vector<rocksdb::ColumnFamilyHandle*> all() const {
    const std::shared_lock lock(mutex_);
    return handles_;
  }

 private:
  mutable std::shared_mutex mutex_;
  std::vector<rocksdb::ColumnFamilyHandle*> handles_;
};

class RocksBatch final : public Batch {
 public:
  explicit RocksBatch(const Families& families) : families_(families) {}

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
  void clear() override { batch_.Clear(); }
  [[nodiscard]] rocksdb::WriteBatch& raw() { return batch_; }

 private:
  // Neighbouring operations mostly go to one family: the last handle is kept.
  rocksdb::ColumnFamilyHandle* handle_of(std::string_view family) {
    if (last_ == nullptr || last_name_ != family) {
      last_ = families_.find(family);
      LEDGER_ASSERT(last_ != nullptr, "a batch writes to families that were opened");
      last_name_ = family;
    }
    return last_;
  }
  static void note(const rocksdb::Status& status) {
    LEDGER_ASSERT(status.ok(), "adding to a batch in memory cannot fail");
  }
  const Families& families_;
  rocksdb::WriteBatch batch_;
  rocksdb::ColumnFamilyHandle* last_ = nullptr;
  std::string last_name_;
};

class RocksDatabase final : public Database {
 public:
  RocksDatabase(rocksdb::DB* db, const std::vector<rocksdb::ColumnFamilyHandle*>& handles,
                rocksdb::ColumnFamilyOptions family_options)
      : db_(db), family_options_(std::move(family_options)) {
    for (auto* handle : handles) families_.add(handle);
  }
  ~RocksDatabase() override {
    for (auto* handle : families_.all()) note(db_->DestroyColumnFamilyHandle(handle));
    note(db_->Close());
  }

  [[nodiscard]] std::vector<std::string> families() const override {
    std::vector<std::string> names;
    for (const auto* handle : families_.all()) names.push_back(handle->GetName());
    return names;
  }
  Status create_family(const std::string& name) override {
    if (families_.find(name) != nullptr) return {};
    rocksdb::ColumnFamilyHandle* handle = nullptr;
    LEDGER_CHECK(check(db_->CreateColumnFamily(family_options_, name, &handle)));
    families_.add(handle);
    return {};
  }
  Status drop_family(const std::string& name) override {
    auto* handle = families_.remove(name);
    if (handle == nullptr) return {};
    const auto dropped = db_->DropColumnFamily(handle);
    note(db_->DestroyColumnFamilyHandle(handle));
    return check(dropped);
  }

  [[nodiscard]] std::unique_ptr<Batch> batch() const override {
    return std::make_unique<RocksBatch>(families_);
  }
  Status write(Batch& batch, bool sync) override {
    rocksdb::WriteOptions options;
    options.sync = sync;
    auto& raw = static_cast<RocksBatch&>(batch).raw();
    auto status = db_->Write(options, &raw);
    if (status.ok()) return {};
    // After a failed write the database refuses all others until it is told that the cause (a full
    // disk) is gone. Asking costs nothing while it is not.
    if (db_->Resume().ok()) status = db_->Write(options, &raw);
    return check(status);
  }

  Result<std::optional<std::string>> get(std::string_view family, std::string_view key,
                                         const Snapshot* snapshot) const override {
    auto* handle = families_.find(family);
    if (handle == nullptr) return std::nullopt;
    std::string value;
    const auto status = db_->Get(read_options(snapshot), handle, slice(key), &value);
    if (status.IsNotFound()) return std::nullopt;
    if (!status.ok()) return tl::unexpected(to_error(status));
    return value;
  }
  Result<std::vector<std::optional<std::string>>> multi_get(
      std::string_view family, const std::vector<std::string>& keys) const override {
    std::vector<std::optional<std::string>> answers(keys.size());
    auto* handle = families_.find(family);
    if (handle == nullptr) return answers;
    const std::vector<rocksdb::Slice> slices(keys.begin(), keys.end());
    std::vector<rocksdb::PinnableSlice> values(keys.size());
    std::vector<rocksdb::Status> statuses(keys.size());
    db_->MultiGet(read_options(nullptr), handle, keys.size(), slices.data(), values.data(),
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
    auto* handle = families_.find(family);
    if (handle == nullptr) {
      return std::make_unique<FailedIterator>(
          Error{ErrorCode::kInternal, fmt::format("there is no column family '{}'", family)});
    }
    return std::make_unique<PrefixIterator>(*db_, handle, prefix, from, snapshot);
  }
  Result<std::optional<std::string>> last_key(std::string_view family,
                                              std::string_view prefix) const override {
    auto* handle = families_.find(family);
    if (handle == nullptr) return std::nullopt;
    const std::unique_ptr<rocksdb::Iterator> at(db_->NewIterator(read_options(nullptr), handle));
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
  // Nothing can be done about these, and nothing is lost by them: the log is synced.
  static void note(const rocksdb::Status& status) { status.PermitUncheckedError(); }

  std::unique_ptr<rocksdb::DB> db_;
  rocksdb::ColumnFamilyOptions family_options_;
  Families families_;
};

}  // namespace

Result<std::unique_ptr<Database>> Database::open(Options options) {
  const auto cache = rocksdb::NewLRUCache(options.block_cache_bytes);
  const auto rocks = database_options(options);
  const auto family = family_options(options, cache);
  std::error_code problem;
  std::filesystem::create_directories(options.directory, problem);
  if (problem) {
    return fail(ErrorCode::kMisconfigured,
                fmt::format("the directory {} cannot be made: {}", options.directory.string(),
                            problem.message()));
  }
  std::vector<std::string> names;
  // A directory that is new has no list of families yet.
  rocksdb::DB::ListColumnFamilies(rocks, options.directory.string(), &names).PermitUncheckedError();
  for (const auto& wanted : options.families) {
    if (std::find(names.begin(), names.end(), wanted) == names.end()) names.push_back(wanted);
  }
  if (std::find(names.begin(), names.end(), "default") == names.end()) names.push_back("default");
  std::vector<rocksdb::ColumnFamilyDescriptor> descriptors;
  for (const auto& name : names) descriptors.emplace_back(name, family);
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* db = nullptr;
  const auto status =
      rocksdb::DB::Open(rocks, options.directory.string(), descriptors, &handles, &db);
  if (!status.ok()) {
    const bool locked = status.ToString().find("lock") != std::string::npos;
    return fail(status.IsCorruption() ? ErrorCode::kCorrupt : ErrorCode::kMisconfigured,
                locked ? fmt::format("{} is in use by another process", options.directory.string())
                       : fmt::format("{} cannot be opened: {}", options.directory.string(),
                                     status.ToString()));
  }
  return std::make_unique<RocksDatabase>(db, handles, family);
}

}  // namespace ledger::rocks
