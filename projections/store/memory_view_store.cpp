#include <fmt/format.h>

#include <limits>
#include <map>
#include <mutex>
#include <shared_mutex>

#include "projections/store/view_store.h"

namespace ledger {

namespace {

struct Rows {
  std::shared_mutex mutex;
  std::map<std::string, std::map<std::string, std::string, std::less<>>, std::less<>> families;
};

class MemoryTransaction final : public ViewTransaction {
 public:
  void put(std::string_view family, std::string_view key, std::string_view value) override {
    changes.push_back({std::string(family), std::string(key), std::string(value)});
  }
  void erase(std::string_view family, std::string_view key) override {
    changes.push_back({std::string(family), std::string(key), std::nullopt});
  }
  void advance(std::string_view family, const Frontier& next) override {
    progress[std::string(family)] = next;
  }

  struct Change {
    std::string family;
    std::string key;
    std::optional<std::string> value;
  };
  std::vector<Change> changes;
  std::map<std::string, Frontier, std::less<>> progress;
};

// Sees the rows as they are now rather than as of its creation, the one difference to the RocksDB
// adapter: it keeps commits cheap, and tests read between commits.
class MemorySnapshot final : public ViewSnapshot {
 public:
  MemorySnapshot(std::shared_ptr<Rows> rows, Frontier position, std::shared_ptr<Renewals> renewals,
                 bool guarded)
      : rows_(std::move(rows)),
        position_(std::move(position)),
        renewals_(std::move(renewals)),
        taken_(guarded ? renewals_->number() : std::numeric_limits<std::uint64_t>::max()),
        guarded_(guarded) {}

  const Frontier& position() const override { return position_; }

  Result<std::optional<std::string>> get(std::string_view family,
                                         std::string_view key) const override {
    const std::shared_lock lock(rows_->mutex);
    if (guarded_) LEDGER_CHECK(renewals_->readable(family, taken_));
    const auto table = rows_->families.find(family);
    if (table == rows_->families.end()) return std::nullopt;
    const auto row = table->second.find(key);
    if (row == table->second.end()) return std::nullopt;
    return row->second;
  }

  Status scan(std::string_view family, std::string_view prefix, std::string_view from,
              const Visit& row) const override {
    const std::shared_lock lock(rows_->mutex);
    if (guarded_) LEDGER_CHECK(renewals_->readable(family, taken_));
    const auto table = rows_->families.find(family);
    if (table == rows_->families.end()) return {};
    for (auto at = table->second.lower_bound(std::max(prefix, from)); at != table->second.end();
         ++at) {
      if (!std::string_view(at->first).starts_with(prefix)) break;
      if (!row(at->first, at->second)) break;
    }
    return {};
  }

  void report(std::string_view family, const std::string& detail) const override {
    renewals_->report(family, detail, taken_);
  }

 private:
  std::shared_ptr<Rows> rows_;
  Frontier position_;
  std::shared_ptr<Renewals> renewals_;
  std::uint64_t taken_;
  bool guarded_;
};

class MemoryViewStore final : public ViewStore {
 public:
  explicit MemoryViewStore(std::int32_t partitions) : position_(Frontier::start(partitions)) {
    show();
  }

  Result<Frontier> progress(std::string_view family, std::int32_t partitions) const override {
    const std::shared_lock lock(rows_->mutex);
    const auto found = progress_.find(family);
    return found == progress_.end() ? Frontier::start(partitions) : found->second;
  }

  std::unique_ptr<ViewTransaction> begin() override {
    return std::make_unique<MemoryTransaction>();
  }

  Status commit(std::unique_ptr<ViewTransaction> transaction, const Frontier& position) override {
    auto& mine = dynamic_cast<MemoryTransaction&>(*transaction);
    const std::unique_lock rows_lock(rows_->mutex);
    for (auto& change : mine.changes) {
      auto& table = rows_->families[change.family];
      if (change.value) {
        table[change.key] = std::move(*change.value);
      } else {
        table.erase(change.key);
      }
    }
    for (auto& [family, next] : mine.progress) progress_[family] = next;
    const std::lock_guard lock(mutex_);
    position_ = position;
    show();
    return {};
  }

  std::shared_ptr<const ViewSnapshot> current() const override {
    const std::lock_guard lock(mutex_);
    return current_;
  }

  Renewals& renewals() const override { return *renewals_; }
  std::shared_ptr<const ViewSnapshot> unguarded() const override {
    const std::lock_guard lock(mutex_);
    return std::make_shared<MemorySnapshot>(rows_, position_, renewals_, false);
  }
  Status empty(std::string_view family) override {
    const std::unique_lock rows_lock(rows_->mutex);
    rows_->families.erase(std::string(family));
    progress_.erase(std::string(family));
    return {};
  }
  Status purge() override { return {}; }
  void give_back(std::string_view family) override {
    renewals_->give_back(family);
    const std::lock_guard lock(mutex_);
    show();
  }

 private:
  void show() { current_ = std::make_shared<MemorySnapshot>(rows_, position_, renewals_, true); }

  std::shared_ptr<Rows> rows_ = std::make_shared<Rows>();
  std::shared_ptr<Renewals> renewals_ = std::make_shared<Renewals>();
  Frontier position_;
  std::map<std::string, Frontier, std::less<>> progress_;
  mutable std::mutex mutex_;
  std::shared_ptr<const ViewSnapshot> current_;
};

}  // namespace

std::string family_of(std::string_view view, int version) {
  return std::string(view) + ".v" + std::to_string(version);
}

Error unreadable_row(const ViewSnapshot& snapshot, std::string_view family, const Error& problem) {
  if (problem.code != ErrorCode::kCorrupt) return problem;
  snapshot.report(family, problem.message);
  return {ErrorCode::kUnavailable,
          fmt::format("{} ({}); the view is made anew from the log, ask again", problem.message,
                      family)};
}

std::unique_ptr<ViewStore> memory_view_store(std::int32_t partitions) {
  return std::make_unique<MemoryViewStore>(partitions);
}

}  // namespace ledger
