#include "projections/store/rocks_view_store.h"

#include <algorithm>
#include <atomic>
#include <limits>
#include <mutex>

#include "platform/rocks/database.h"

namespace ledger {

namespace {

constexpr std::string_view kProgress = "progress";
constexpr std::string_view kShapes = "shapes";

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
  RocksSnapshot(const rocks::Database& database, Renewals& renewals, Frontier position,
                bool guarded)
      : database_(database),
        renewals_(renewals),
        taken_(guarded ? renewals.number() : std::numeric_limits<std::uint64_t>::max()),
        snapshot_(database.snapshot()),
        position_(std::move(position)),
        guarded_(guarded) {}

  const Frontier& position() const override { return position_; }

  Result<std::optional<std::string>> get(std::string_view family,
                                         std::string_view key) const override {
    auto value = database_.get(family, key, snapshot_.get());
    // Afterwards: a view that is set aside meanwhile is emptied under who reads it.
    if (guarded_) LEDGER_CHECK(renewals_.readable(family, taken_));
    if (!value) return tl::unexpected(unreadable_row(*this, family, value.error()));
    return value;
  }

  Status scan(std::string_view family, std::string_view prefix, std::string_view from,
              const Visit& row) const override {
    const auto at = database_.iterate(family, prefix, from, snapshot_.get());
    for (; at->valid(); at->next()) {
      if (!row(at->key(), at->value())) break;
    }
    if (guarded_) LEDGER_CHECK(renewals_.readable(family, taken_));
    if (at->valid()) return {};
    auto status = at->status();
    if (!status) return tl::unexpected(unreadable_row(*this, family, status.error()));
    return status;
  }

  void report(std::string_view family, const std::string& detail) const override {
    renewals_.report(family, detail, taken_);
  }

 private:
  const rocks::Database& database_;
  Renewals& renewals_;
  std::uint64_t taken_;
  std::shared_ptr<const rocks::Snapshot> snapshot_;
  Frontier position_;
  bool guarded_;
};

// The shape is written last and forgotten first: a family without one is emptied at the next start.
Status empty_family(rocks::Database& database, const std::string& family,
                    const std::string& shape) {
  const auto forget = database.batch();
  forget->erase(kProgress, family);
  if (!shape.empty()) forget->erase(kShapes, family);
  LEDGER_CHECK(database.write(*forget, /*sync=*/true));
  LEDGER_CHECK(database.drop_family(family));
  LEDGER_CHECK(database.create_family(family));
  if (shape.empty()) return {};
  const auto remember = database.batch();
  remember->put(kShapes, family, shape);
  return database.write(*remember, /*sync=*/true);
}

// Empties what is of another shape, and returns which.
Result<std::vector<std::string>> renew_other_shapes(
    rocks::Database& database, const std::map<std::string, std::string>& shapes) {
  std::vector<std::string> renewed;
  const auto fresh = database.batch();
  for (const auto& [family, shape] : shapes) {
    LEDGER_TRY(const auto remembered, database.get(kShapes, family));
    if (remembered == shape) continue;
    LEDGER_TRY(const auto progress, database.get(kProgress, family));
    const bool has_rows = database.iterate(family, "")->valid();
    if (!progress && !has_rows) {
      fresh->put(kShapes, family, shape);
      continue;
    }
    LEDGER_CHECK(empty_family(database, family, shape));
    renewed.push_back(family);
  }
  if (fresh->count() > 0) LEDGER_CHECK(database.write(*fresh, /*sync=*/true));
  return renewed;
}

class RocksViewStore final : public ViewStore {
 public:
  RocksViewStore(std::unique_ptr<rocks::Database> database, Frontier position,
                 std::map<std::string, std::string> shapes, const std::vector<std::string>& renewed)
      : database_(std::move(database)), shapes_(std::move(shapes)), position_(std::move(position)) {
    for (const auto& family : renewed) {
      renewals_.set_aside({family, RenewalCause::kOtherShape, ""});
    }
    current_ = take(position_, true);
  }

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
    auto next = take(position, true);
    const std::lock_guard lock(mutex_);
    position_ = position;
    current_ = std::move(next);
    return {};
  }

  std::shared_ptr<const ViewSnapshot> current() const override {
    const std::lock_guard lock(mutex_);
    return current_;
  }

  Renewals& renewals() const override { return renewals_; }
  std::shared_ptr<const ViewSnapshot> unguarded() const override {
    const std::lock_guard lock(mutex_);
    return take(position_, false);
  }
  Status empty(std::string_view family) override {
    const auto shape = shapes_.find(std::string(family));
    return empty_family(*database_, std::string(family),
                        shape == shapes_.end() ? "" : shape->second);
  }
  // Files of a dropped family go with it; its rows may stand in what was written ahead of them.
  Status purge() override { return database_->purge(kProgress); }
  void give_back(std::string_view family) override {
    renewals_.give_back(family);
    const std::lock_guard lock(mutex_);
    current_ = take(position_, true);
  }

 private:
  [[nodiscard]] std::shared_ptr<const ViewSnapshot> take(Frontier position, bool guarded) const {
    return std::make_shared<RocksSnapshot>(*database_, renewals_, std::move(position), guarded);
  }

  std::unique_ptr<rocks::Database> database_;
  std::map<std::string, std::string> shapes_;
  mutable Renewals renewals_;
  std::atomic<std::size_t> last_batch_bytes_ = 0;  // the next one is likely to be as large
  mutable std::mutex mutex_;
  Frontier position_;
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
                                                         RocksViewOptions more) {
  rocks::Database::Options options;
  options.directory = directory;
  options.write_buffer_bytes = more.write_buffer_bytes;
  options.families = families;
  options.families.emplace_back(kProgress);
  options.forgets_keys = true;  // rows are found by numbers and addresses of persons, too
  if (!more.shapes.empty()) options.families.emplace_back(kShapes);
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
  LEDGER_TRY(const auto renewed, renew_other_shapes(*database, more.shapes));
  LEDGER_TRY(Frontier position, common_progress(*database, families, partitions));
  return std::make_unique<RocksViewStore>(std::move(database), std::move(position),
                                          std::move(more.shapes), renewed);
}

}  // namespace ledger
