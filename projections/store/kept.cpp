#include "projections/store/kept.h"

#include <atomic>
#include <deque>
#include <map>
#include <mutex>
#include <unordered_map>
#include <vector>

#include "projections/store/kept_reads.h"

namespace ledger {

namespace {

constexpr std::size_t kRememberedKeysMost = 300'000;

// What commits have touched. A commit has a number from before it is written: while it is, a
// snapshot may show it or not.
class Commits {
 public:
  // The number of one that is about to be written.
  std::uint64_t announce(std::vector<std::string> keys) {
    const std::lock_guard lock(mutex_);
    in_flight_.insert(++announced_);
    remembered_ += keys.size();
    keys_.push_back(std::move(keys));
    while (remembered_ > kRememberedKeysMost) forget_first();
    return announced_;
  }
  void end(std::uint64_t number) {
    const std::lock_guard lock(mutex_);
    in_flight_.erase(number);
  }
  // Every commit up to it is in a snapshot that is taken now.
  [[nodiscard]] std::uint64_t completed() const {
    const std::lock_guard lock(mutex_);
    return in_flight_.empty() ? announced_ : *in_flight_.begin() - 1;
  }
  [[nodiscard]] std::uint64_t announced() const {
    const std::lock_guard lock(mutex_);
    return announced_;
  }
  // What those after `after` up to `last` touched; nullopt: it is not remembered any more.
  [[nodiscard]] std::optional<TouchedRows> touched(std::uint64_t after, std::uint64_t last) const {
    const std::lock_guard lock(mutex_);
    if (after < forgotten_) return std::nullopt;
    TouchedRows touched;
    for (std::uint64_t number = after + 1; number <= last; ++number) {
      for (const auto& name : keys_[number - forgotten_ - 1]) touched.add(name);
    }
    return touched;
  }

 private:
  void forget_first() {
    remembered_ -= keys_.front().size();
    keys_.pop_front();
    ++forgotten_;
  }

  mutable std::mutex mutex_;
  std::uint64_t announced_ = 0;
  std::uint64_t forgotten_ = 0;  // commits up to this number
  std::set<std::uint64_t> in_flight_;
  std::deque<std::vector<std::string>> keys_;
  std::size_t remembered_ = 0;
};

// Between which commits a snapshot was taken: it shows all up to `least`, and none after `most`.
struct Taken {
  std::uint64_t least = 0;
  std::uint64_t most = 0;
};

// All values of one kind. Each stands in every state that shows all commits up to `stands_.least`
// and none after `stands_.most`.
class Table {
 public:
  std::shared_ptr<const void> find(const Commits& commits, const Taken& taken,
                                   std::string_view key) {
    const std::lock_guard lock(mutex_);
    if (!bring_to(commits, taken)) return nullptr;
    const auto found = entries_.find(std::string(key));
    return found == entries_.end() ? nullptr : found->second.value;
  }

  void keep(const Commits& commits, const Taken& taken, std::string key,
            std::shared_ptr<const void> value, std::shared_ptr<const Reads> own,
            std::shared_ptr<const Reads> shared) {
    const std::lock_guard lock(mutex_);
    // Nobody has asked at a commit as late as the snapshot may show: what stands is of before it.
    if (taken.most > stands_.most) return;
    Entry entry{std::move(value), std::move(own), std::move(shared)};
    // Others have asked of later commits meanwhile: only what these did not touch stands for them.
    if (stands_.most > taken.least) {
      const auto touched = commits.touched(taken.least, stands_.most);
      if (!touched || entry.touched_by(*touched)) return;
    }
    stands_.least = std::max(stands_.least, taken.least);
    if (entries_.size() >= kKeptMost) entries_.clear();
    entries_.insert_or_assign(std::move(key), std::move(entry));
  }

 private:
  struct Entry {
    std::shared_ptr<const void> value;
    std::shared_ptr<const Reads> own;
    std::shared_ptr<const Reads> shared;
    [[nodiscard]] bool touched_by(const TouchedRows& touched) const {
      return own->touched_by(touched) || (shared && shared->touched_by(touched));
    }
  };

  // False for a state before that for which the values stand.
  bool bring_to(const Commits& commits, const Taken& taken) {
    if (taken.most < stands_.most || taken.least < stands_.least) return false;
    if (taken.most > stands_.most) {
      const auto touched = commits.touched(stands_.least, taken.most);
      if (!touched) {
        entries_.clear();
      } else if (!touched->empty()) {
        drop(*touched);
      }
    }
    stands_ = taken;
    return true;
  }

  void drop(const TouchedRows& touched) {
    std::unordered_map<const Reads*, bool> shared;  // each is looked at once
    std::erase_if(entries_, [&](const auto& item) {
      const Entry& entry = item.second;
      if (entry.shared) {
        auto known = shared.find(entry.shared.get());
        if (known == shared.end()) {
          known = shared.emplace(entry.shared.get(), entry.shared->touched_by(touched)).first;
        }
        if (known->second) return true;
      }
      return entry.own->touched_by(touched);
    });
  }

  std::mutex mutex_;
  Taken stands_;
  std::unordered_map<std::string, Entry> entries_;
};

class Keeping {
 public:
  Commits commits;

  Table& table(const kept_detail::Kind& kind) {
    const std::lock_guard lock(mutex_);
    auto& slot = tables_[{kind.first, std::string(kind.second)}];
    if (!slot) slot = std::make_unique<Table>();
    return *slot;
  }

 private:
  std::mutex mutex_;
  std::map<std::pair<std::type_index, std::string>, std::unique_ptr<Table>> tables_;
};

class KeepingSnapshot final : public ViewSnapshot {
 public:
  KeepingSnapshot(std::shared_ptr<const ViewSnapshot> of, std::shared_ptr<Keeping> keeping,
                  const Taken& taken)
      : of_(std::move(of)), keeping_(std::move(keeping)), taken_(taken) {}

  const Frontier& position() const override { return of_->position(); }
  Result<std::optional<std::string>> get(std::string_view family,
                                         std::string_view key) const override {
    return of_->get(family, key);
  }
  Status scan(std::string_view family, std::string_view prefix, std::string_view from,
              const Visit& row) const override {
    return of_->scan(family, prefix, from, row);
  }
  void report(std::string_view family, const std::string& detail) const override {
    of_->report(family, detail);
  }

  [[nodiscard]] const ViewSnapshot& of() const { return *of_; }
  [[nodiscard]] Keeping& keeping() const { return *keeping_; }
  [[nodiscard]] const Taken& taken() const { return taken_; }

 private:
  std::shared_ptr<const ViewSnapshot> of_;
  std::shared_ptr<Keeping> keeping_;
  Taken taken_;
};

class KeepingTransaction final : public ViewTransaction {
 public:
  explicit KeepingTransaction(std::unique_ptr<ViewTransaction> of) : of_(std::move(of)) {}

  void put(std::string_view family, std::string_view key, std::string_view value) override {
    keys_.push_back(row_name(family, key));
    of_->put(family, key, value);
  }
  void erase(std::string_view family, std::string_view key) override {
    keys_.push_back(row_name(family, key));
    of_->erase(family, key);
  }
  void advance(std::string_view family, const Frontier& next) override {
    of_->advance(family, next);
  }

  [[nodiscard]] std::vector<std::string> take_keys() { return std::move(keys_); }
  [[nodiscard]] std::unique_ptr<ViewTransaction> take() { return std::move(of_); }

 private:
  std::unique_ptr<ViewTransaction> of_;
  std::vector<std::string> keys_;
};

class KeepingStore final : public ViewStore {
 public:
  explicit KeepingStore(std::unique_ptr<ViewStore> store) : store_(std::move(store)) {}

  Result<Frontier> progress(std::string_view family, std::int32_t partitions) const override {
    return store_->progress(family, partitions);
  }
  std::unique_ptr<ViewTransaction> begin() override {
    return std::make_unique<KeepingTransaction>(store_->begin());
  }
  Status commit(std::unique_ptr<ViewTransaction> changes, const Frontier& position) override {
    auto& noted = dynamic_cast<KeepingTransaction&>(*changes);
    const auto keeping = kept_now();
    const auto number = keeping->commits.announce(noted.take_keys());
    auto status = store_->commit(noted.take(), position);
    keeping->commits.end(number);  // also of one that failed: it has touched nothing
    return status;
  }
  std::shared_ptr<const ViewSnapshot> current() const override {
    while (true) {
      auto keeping = kept_now();
      Taken taken;
      taken.least = keeping->commits.completed();
      auto of = store_->current();
      taken.most = keeping->commits.announced();
      // Else commits after this one were announced elsewhere, and the snapshot may show them.
      if (kept_now() != keeping) continue;
      return std::make_shared<KeepingSnapshot>(std::move(of), std::move(keeping), taken);
    }
  }

  Renewals& renewals() const override { return store_->renewals(); }
  std::shared_ptr<const ViewSnapshot> unguarded() const override { return store_->unguarded(); }
  // What was made of a view before it is made anew is believed no more.
  Status empty(std::string_view family) override {
    forget_all();
    return store_->empty(family);
  }
  Status purge() override { return store_->purge(); }
  void give_back(std::string_view family) override {
    store_->give_back(family);
    forget_all();
  }

 private:
  [[nodiscard]] std::shared_ptr<Keeping> kept_now() const {
    const std::lock_guard lock(mutex_);
    return keeping_;
  }
  // Who holds an earlier snapshot keeps for himself.
  void forget_all() {
    const std::lock_guard lock(mutex_);
    keeping_ = std::make_shared<Keeping>();
  }

  std::unique_ptr<ViewStore> store_;
  mutable std::mutex mutex_;
  std::shared_ptr<Keeping> keeping_ = std::make_shared<Keeping>();
};

const KeepingSnapshot* keeps(const ViewSnapshot& snapshot) {
  return dynamic_cast<const KeepingSnapshot*>(&snapshot);
}

}  // namespace

std::unique_ptr<ViewStore> keeping_views(std::unique_ptr<ViewStore> store) {
  return std::make_unique<KeepingStore>(std::move(store));
}

SharedReads::SharedReads(const ViewSnapshot& snapshot) : snapshot_(snapshot) {
  auto noting = kept_detail::note(snapshot);
  reads_ = std::move(noting.reads);
  noting_ = std::move(noting.snapshot);
}

SharedReads::~SharedReads() = default;

const ViewSnapshot& SharedReads::snapshot() const { return noting_ ? *noting_ : snapshot_; }

namespace kept_detail {

std::shared_ptr<const void> find(const ViewSnapshot& snapshot, const Kind& kind,
                                 std::string_view key) {
  const auto* at = keeps(snapshot);
  if (at == nullptr) return nullptr;
  return at->keeping().table(kind).find(at->keeping().commits, at->taken(), key);
}

Noting note(const ViewSnapshot& snapshot) {
  const auto* at = keeps(snapshot);
  if (at == nullptr) return {};
  auto reads = std::make_shared<Reads>();
  auto noting = std::make_unique<NotingSnapshot>(at->of(), reads);
  return {std::move(reads), std::move(noting)};
}

void keep(const ViewSnapshot& snapshot, const Kind& kind, std::string key,
          std::shared_ptr<const void> value, std::shared_ptr<const Reads> own,
          std::shared_ptr<const Reads> shared) {
  const auto& at = dynamic_cast<const KeepingSnapshot&>(snapshot);
  at.keeping().table(kind).keep(at.keeping().commits, at.taken(), std::move(key), std::move(value),
                                std::move(own), std::move(shared));
}

}  // namespace kept_detail

}  // namespace ledger
