#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "events/position.h"
#include "platform/clock.h"
#include "projections/store/view_store.h"

namespace ledger {

// Events that could not be folded, each with its reason. Later events of the same partition key
// wait behind it, so that no view ever shows a client's history with a hole in it.
inline constexpr std::string_view kParkedFamily = "parked.v1";

// Key: partition key, a zero byte, position.
struct ParkedRow {
  static constexpr char kTable = 'p';
  Position position;
  std::string partition_key;  // empty: the line itself cannot be read
  std::string reason;
  bool waiting = false;  // itself fine, behind a bad one of the same key

  static void fields(auto&& field) {
    field("position", &ParkedRow::position);
    field("partition_key", &ParkedRow::partition_key);
    field("reason", &ParkedRow::reason);
    field("waiting", &ParkedRow::waiting);
  }
};

class ParkingLot {
 public:
  // Reads which keys are parked already.
  [[nodiscard]] static Result<ParkingLot> load(const ViewSnapshot& snapshot);

  enum class Place { kNotHere, kItself, kBehind };
  // Where an event of that key stands to the first one of its key that could not be folded. What is
  // before that one is in the views, also where a view reads the log once more.
  [[nodiscard]] Place place_of(std::string_view partition_key, const Position& position) const;
  void park(ParkedRow row);
  // Hands what was parked since the last commit to the transaction.
  void collect(ViewTransaction& transaction);
  // Forgets what no commit has taken.
  void discard();

 private:
  // By key: the first of it that could not be folded.
  std::unordered_map<std::string, Position> keys_;
  // Of these, what no commit has taken, in turn: what stood there before.
  std::vector<std::pair<std::string, std::optional<Position>>> before_;
  std::vector<ParkedRow> pending_;
};

// How many are parked now, over all starts.
struct ParkedCount {
  std::uint64_t failed = 0;   // could not be folded
  std::uint64_t waiting = 0;  // behind one of those
};
[[nodiscard]] Result<ParkedCount> count_parked(const ViewSnapshot& snapshot);

struct ParkedPage {
  std::vector<ParkedRow> rows;
  std::string next;  // the place of the first row of the next page; empty: there is none
};
// Up to `limit` of them from a place on, by key; `wanted` may leave some out. What is parked stays
// until all views are filled again from the log; if they can fold it then, it was never parked. So
// whoever follows the places meets each row that was there when he began, and meets it once.
[[nodiscard]] Result<ParkedPage> parked(
    const ViewSnapshot& snapshot, std::string_view from, std::size_t limit,
    const std::function<Result<bool>(const ParkedRow&)>& wanted = {});

}  // namespace ledger
