#pragma once

#include <deque>
#include <memory_resource>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "events/envelope.h"
#include "events/types/amendment.h"
#include "projections/event_meta.h"
#include "projections/seen/rows.h"
#include "projections/store/view_store.h"

namespace ledger::seen {

// The rows of the index that the current batch of events touches. Not a ViewBatch, because nearly
// every event makes a new row that nobody touches again: kept in the order of arrival, which is
// nearly the order of keys, all of them in one arena that is given back with the commit. One
// thread.
class Batch {
 public:
  Batch() { discard(); }

  // Where rows that this batch has not made come from. Must outlive the next calls.
  void read_from(const ViewSnapshot& snapshot) { snapshot_ = &snapshot; }

  // Notes an event and what it says about an earlier one. False if its (source, id) already stands
  // at another position: the first in log order wins, and the event is to be skipped by every view.
  // Throws StoreFailure.
  [[nodiscard]] bool record(const Event& event, std::string_view line, const Position& position);
  // A match was made, or taken back by voiding it: whether its target still waits.
  void apply(const InteractionMatched& event, const EventMeta& meta);

  [[nodiscard]] std::size_t changed_rows() const { return rows_->entries.size(); }
  void collect(ViewTransaction& transaction);
  void discard();

 private:
  struct Entry {
    std::string_view stored_key;  // in the arena
    SeenRow row;
  };
  struct Rows {
    Rows(std::pmr::memory_resource* arena, std::size_t expected)
        : entries(arena), by_key(expected, arena) {}
    std::pmr::deque<Entry> entries;
    std::pmr::unordered_map<std::string_view, Entry*> by_key;
  };
  // The row of an event, a new one where there is none; holds until collect() or discard().
  [[nodiscard]] SeenRow& edit(std::string_view source, std::string_view id);
  void amend(std::string_view source, std::string_view id, Reading reading,
             const Position& amended_by);

  const ViewSnapshot* snapshot_ = nullptr;
  std::pmr::monotonic_buffer_resource arena_;
  std::optional<Rows> rows_;  // never without; made anew with the arena
};

// Where the log holds an event; the row then has a position. nullopt: it is not there.
[[nodiscard]] Result<std::optional<SeenRow>> find(const ViewSnapshot& snapshot,
                                                  std::string_view source, std::string_view id);

}  // namespace ledger::seen
