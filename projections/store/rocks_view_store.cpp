#include "projections/store/rocks_view_store.h"

#include <algorithm>
#include <atomic>
#include <mutex>

#include "platform/rocks/database.h"

namespace ledger {

namespace {

constexpr std::string_view kProgress = "progress";

class RocksTransaction final : public ViewTransaction {
 public:
  explicit RocksTransaction(std::unique_ptr<rocks::Batch> batch) : batch_(std::move(batch)) {}

  void put(std::string_view family, std::string_view key, std::string_view value) override {
    batch_->put(family, key, value);
  }
  void erase(std::string_view family, std::string_view key) override { batch_->erase(family, key); }
  void advance(std::string_view family, const Frontier& next) override {
    batch_->put(kProgress, family, to_string(next));
  }
  [[nodiscard]] rocks::Batch& batch() { return *batch_; }

 private:
  std::unique_ptr<rocks::Batch> batch_;
};

class RocksSnapshot final : public ViewSnapshot {
 public:
  RocksSnapshot(const rocks::Database& database, Frontier position)
      : database_(database), snapshot_(database.snapshot()), position_(std::move(position)) {}

  const Frontier& position() const override { return position_; }

  Result<std::optional<std::string>> get(std::string_view family,
                                         std::string_view key) const override {
    return database_.get(family, key, snapshot_.get());
  }

  Status scan(std::string_view family, std::string_view prefix, std::string_view from,
              const Visit& row) const override {
    const auto at = database_.iterate(family, prefix, from, snapshot_.get());
    for (; at->valid(); at->next()) {
      if (!row(at->key(), at->value())) return {};
    }
    return at->status();
  }

 private:
  const rocks::Database& database_;
  std::shared_ptr<const rocks::Snapshot> snapshot_;
  Frontier position_;
};

class RocksViewStore final : public ViewStore {
 public:
  RocksViewStore(std::unique_ptr<rocks::Database> database, const Frontier& position)
      : database_(std::move(database)),
        current_(std::make_shared<RocksSnapshot>(*database_, position)) {}

  Result<Frontier> progress(std::string_view family, std::int32_t partitions) const override {
    LEDGER_TRY(const auto stored, database_->get(kProgress, family));
    if (!stored) return Frontier::start(partitions);
    return parse_frontier(*stored);
  }

  std::unique_ptr<ViewTransaction> begin() override {
    return std::make_unique<RocksTransaction>(database_->batch(last_batch_bytes_));
  }

  Status commit(std::unique_ptr<ViewTransaction> changes, const Frontier& position) override {
    auto& batch = dynamic_cast<RocksTransaction&>(*changes).batch();
    LEDGER_CHECK(database_->write(batch, /*sync=*/true));
    last_batch_bytes_ = batch.bytes();
    // One shared snapshot per commit, not one per request: many would stall flushes.
    auto next = std::make_shared<RocksSnapshot>(*database_, position);
    const std::lock_guard lock(mutex_);
    current_ = std::move(next);
    return {};
  }

  std::shared_ptr<const ViewSnapshot> current() const override {
    const std::lock_guard lock(mutex_);
    return current_;
  }

 private:
  std::unique_ptr<rocks::Database> database_;
  std::atomic<std::size_t> last_batch_bytes_ = 0;  // the next one is likely to be as large
  mutable std::mutex mutex_;
  std::shared_ptr<const ViewSnapshot> current_;
};

// What all families have in common is what the store as a whole can state.
Result<Frontier> common_progress(const rocks::Database& database,
                                 const std::vector<std::string>& families,
                                 std::int32_t partitions) {
  std::optional<Frontier> common;
  for (const auto& family : families) {
    LEDGER_TRY(const auto stored, database.get(kProgress, family));
    auto next = stored ? parse_frontier(*stored) : Frontier::start(partitions);
    if (!next) return next;
    if (!common) common = *next;
    for (std::size_t i = 0; i < common->next.size() && i < next->next.size(); ++i) {
      common->next[i] = std::min(common->next[i], next->next[i]);
    }
  }
  return common.value_or(Frontier::start(partitions));
}

}  // namespace

Result<std::unique_ptr<ViewStore>> open_rocks_view_store(const std::filesystem::path& directory,
                                                         const std::vector<std::string>& families,
                                                         std::int32_t partitions,
                                                         std::size_t write_buffer_bytes) {
  rocks::Database::Options options;
  options.directory = directory;
  options.write_buffer_bytes = write_buffer_bytes;
  options.families = families;
  options.families.emplace_back(kProgress);
  LEDGER_TRY(auto database, rocks::Database::open(options));
  for (const auto& present : database->families()) {
    const bool wanted = std::find(options.families.begin(), options.families.end(), present) !=
                        options.families.end();
    if (wanted || present == "default") continue;
    LEDGER_CHECK(database->drop_family(present));
    const auto batch = database->batch();
    batch->erase(kProgress, present);
    LEDGER_CHECK(database->write(*batch, /*sync=*/true));
  }
  LEDGER_TRY(const Frontier position, common_progress(*database, families, partitions));
  return std::make_unique<RocksViewStore>(std::move(database), position);
}

}  // namespace ledger
