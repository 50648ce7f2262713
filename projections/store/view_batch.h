#pragma once

#include <algorithm>
#include <array>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "events/fields.h"
#include "projections/store/row_codec.h"
#include "projections/store/view_store.h"

namespace ledger {

// A row says which table of its view it lives in; the letter is the first byte of its key.
template <class Row>
concept ViewRow = HasFields<Row> && requires {
  { Row::kTable } -> std::convertible_to<char>;
};

// The store failed under a fold. The batch is thrown away and tried again; nothing was changed.
class StoreFailure : public std::runtime_error {
 public:
  explicit StoreFailure(Error problem)
      : std::runtime_error(problem.message), error(std::move(problem)) {}
  Error error;
};

// The rows of one view that the current batch of events touches, decoded and in memory: many events
// on one card become one write. Rows stay warm between batches, since the projector is the only
// writer. One thread.
class ViewBatch {
 public:
  explicit ViewBatch(std::string family) : family_(std::move(family)) {}

  // Where rows that are not in memory yet come from. Must outlive the next edits.
  void read_from(const ViewSnapshot& snapshot) { snapshot_ = &snapshot; }

  // The row of that key to be changed; a new one where there is none. The reference holds until
  // collect() or discard(). A row that says empty() afterwards is deleted. Throws StoreFailure.
  template <ViewRow Row>
  Row& edit(std::string_view key) {
    auto& table = table_of<Row>();
    auto& item = find(table, key);
    if (!item.second.dirty) {
      item.second.dirty = true;
      table.dirty.push_back(&item);
      ++dirty_;
    }
    return item.second.row;
  }

  [[nodiscard]] std::size_t changed_rows() const { return dirty_; }
  // Hands all changed rows to the transaction; they count as written from then on.
  void collect(ViewTransaction& transaction);
  // Forgets everything that is not in the store.
  void discard();

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };

  class AnyTable {
   public:
    virtual ~AnyTable() = default;
    virtual void collect(std::string_view family, ViewTransaction& transaction) = 0;
    [[nodiscard]] virtual std::size_t rows() const = 0;
  };

  template <class Row>
  class Table final : public AnyTable {
   public:
    struct Entry {
      Row row;
      bool exists = false;  // in the store
      bool dirty = false;
    };
    using Entries = std::unordered_map<std::string, Entry, Hash, std::equal_to<>>;
    void collect(std::string_view family, ViewTransaction& transaction) override;
    [[nodiscard]] std::size_t rows() const override { return entries.size(); }
    Entries entries;
    std::vector<typename Entries::value_type*> dirty;
  };

  template <class Row>
  Table<Row>& table_of() {
    auto& slot = tables_[static_cast<unsigned char>(Row::kTable) % tables_.size()];
    if (!slot) slot = std::make_unique<Table<Row>>();
    return static_cast<Table<Row>&>(*slot);
  }

  template <class Row>
  typename Table<Row>::Entries::value_type& find(Table<Row>& table, std::string_view key) {
    const auto known = table.entries.find(key);
    if (known != table.entries.end()) return *known;
    stored_key_.assign(1, Row::kTable);
    stored_key_ += key;
    auto stored = snapshot_->get(family_, stored_key_);
    if (!stored) throw StoreFailure(std::move(stored).error());
    typename Table<Row>::Entry entry;
    if (*stored) {
      auto row = rows::decode<Row>(**stored);
      if (!row) throw StoreFailure(unreadable_row(*snapshot_, family_, row.error()));
      entry.row = *std::move(row);
      entry.exists = true;
    }
    return *table.entries.emplace(std::string(key), std::move(entry)).first;
  }

  std::string family_;
  const ViewSnapshot* snapshot_ = nullptr;
  // By table letter; 32 keeps 'a' to 'z' apart.
  std::array<std::unique_ptr<AnyTable>, 32> tables_;
  std::string stored_key_;
  std::size_t dirty_ = 0;
};

template <class Row>
void ViewBatch::Table<Row>::collect(std::string_view family, ViewTransaction& transaction) {
  // In key order: the store takes neighbours much faster than keys at random.
  std::sort(dirty.begin(), dirty.end(),
            [](const auto* left, const auto* right) { return left->first < right->first; });
  std::string key;
  std::string bytes;
  for (auto* item : dirty) {
    Entry& entry = item->second;
    entry.dirty = false;
    key.assign(1, Row::kTable);
    key += item->first;
    bool gone = false;
    if constexpr (requires { entry.row.empty(); }) gone = entry.row.empty();
    if (!gone) {
      rows::encode_into(bytes, entry.row);
      transaction.put(family, key, bytes);
    } else if (entry.exists) {
      transaction.erase(family, key);
    }
    entry.exists = !gone;
  }
  dirty.clear();
}

// One row of a view, decoded, as a query reads it. nullopt where there is none.
template <ViewRow Row>
[[nodiscard]] Result<std::optional<Row>> read_row(const ViewSnapshot& snapshot,
                                                  std::string_view family, std::string_view key) {
  std::string stored_key(1, Row::kTable);
  stored_key += key;
  LEDGER_TRY(const auto bytes, snapshot.get(family, stored_key));
  if (!bytes) return std::nullopt;
  auto row = rows::decode<Row>(*bytes);
  if (!row) return tl::unexpected(unreadable_row(snapshot, family, row.error()));
  return *std::move(row);
}

// Rows whose key begins with `prefix`, in key order, from the first key >= `from` (both without the
// table letter), until `visit(key, row)` returns false.
template <ViewRow Row, class Visit>
[[nodiscard]] Status scan_rows(const ViewSnapshot& snapshot, std::string_view family,
                               std::string_view prefix, std::string_view from, Visit&& visit) {
  const std::string table(1, Row::kTable);
  Status failure;
  auto status = snapshot.scan(family, table + std::string(prefix), table + std::string(from),
                              [&](std::string_view key, std::string_view value) {
                                auto row = rows::decode<Row>(value);
                                if (!row) {
                                  failure =
                                      tl::unexpected(unreadable_row(snapshot, family, row.error()));
                                  return false;
                                }
                                return static_cast<bool>(visit(key.substr(1), *std::move(row)));
                              });
  if (!failure) return failure;
  return status;
}

}  // namespace ledger
