#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <typeindex>
#include <utility>

#include "projections/store/view_store.h"

// Values that are pure functions of rows, kept for as long as these rows stand as they were read.
//
// What drops a value: while it is made, every row and every range of keys that it reads is noted,
// also those that are not there; a commit that touches one of them drops it, before the first
// question that sees the commit. So a value may depend on nothing but the snapshot that it is made
// of and its key: no clock, no scope, no row that somebody read before and held.
// Bounded: kKeptMost values of a kind, then all of the kind are dropped. Safe for all threads; what
// two ask for at once is made twice. Only snapshots of keeping_views() keep anything: of others,
// and for a question that looks at an older commit than another has, a value is made each time.
namespace ledger {

inline constexpr std::size_t kKeptMost = 20'000;

// Puts the keeping in front of a store. Of the last commits some hundred thousand keys are
// remembered; what was not asked for since longer is dropped.
[[nodiscard]] std::unique_ptr<ViewStore> keeping_views(std::unique_ptr<ViewStore> store);

// What was read for a value. Safe for all threads.
class Reads;

// What several values of one question are made of, read once: each of them depends on all that was
// read by it. The snapshot must outlive it.
class SharedReads {
 public:
  explicit SharedReads(const ViewSnapshot& snapshot);
  ~SharedReads();
  SharedReads(const SharedReads&) = delete;
  SharedReads& operator=(const SharedReads&) = delete;

  // To read by.
  [[nodiscard]] const ViewSnapshot& snapshot() const;
  [[nodiscard]] const std::shared_ptr<const Reads>& reads() const { return reads_; }

 private:
  const ViewSnapshot& snapshot_;
  std::shared_ptr<const Reads> reads_;
  std::unique_ptr<ViewSnapshot> noting_;  // null: nothing is kept
};

namespace kept_detail {
// Of which values: their type, and what they say.
using Kind = std::pair<std::type_index, std::string_view>;
// The value, if it still stands.
[[nodiscard]] std::shared_ptr<const void> find(const ViewSnapshot& snapshot, const Kind& kind,
                                               std::string_view key);
// Notes what is read by it; null where nothing is kept.
struct Noting {
  std::shared_ptr<const Reads> reads;
  std::unique_ptr<ViewSnapshot> snapshot;
};
[[nodiscard]] Noting note(const ViewSnapshot& snapshot);
void keep(const ViewSnapshot& snapshot, const Kind& kind, std::string key,
          std::shared_ptr<const void> value, std::shared_ptr<const Reads> own,
          std::shared_ptr<const Reads> shared);
}  // namespace kept_detail

// The value of that kind and key, or what `make(const ViewSnapshot&)` makes of the snapshot that it
// is given, a Result<Value>. `kind` is a literal; with an empty key nothing is kept, as of what few
// ask for a second time (a past knowledge). An error is kept by nobody.
template <class Value, class Make>
[[nodiscard]] Result<std::shared_ptr<const Value>> kept(const ViewSnapshot& snapshot,
                                                        std::string_view kind, std::string key,
                                                        Make&& make,
                                                        const SharedReads* shared = nullptr) {
  if (key.empty()) {
    LEDGER_TRY(Value made, make(snapshot));
    return std::make_shared<const Value>(std::move(made));
  }
  const kept_detail::Kind of(typeid(Value), kind);
  if (auto found = kept_detail::find(snapshot, of, key)) {
    return std::static_pointer_cast<const Value>(std::move(found));
  }
  const auto noting = kept_detail::note(snapshot);
  Result<Value> made = make(noting.snapshot ? *noting.snapshot : snapshot);
  if (!made) return tl::unexpected(std::move(made).error());
  auto value = std::make_shared<const Value>(*std::move(made));
  if (noting.reads) {
    kept_detail::keep(snapshot, of, std::move(key), value, noting.reads,
                      shared == nullptr ? nullptr : shared->reads());
  }
  return value;
}

}  // namespace ledger
