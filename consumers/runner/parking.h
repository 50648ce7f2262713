#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_set>
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

  [[nodiscard]] bool holds(std::string_view partition_key) const;
  void park(ParkedRow row);
  // Hands what was parked since the last commit to the transaction.
  void collect(ViewTransaction& transaction);
  // Forgets what no commit has taken.
  void discard();

 private:
  std::unordered_set<std::string> keys_;
  std::vector<ParkedRow> pending_;
};

// Up to `limit` of them, by key; `wanted` may leave some out. What is parked stays until the views
// are filled again from the log by a version that can fold it: then it was never parked.
[[nodiscard]] Result<std::vector<ParkedRow>> parked(
    const ViewSnapshot& snapshot, std::size_t limit,
    const std::function<Result<bool>(const ParkedRow&)>& wanted = {});

}  // namespace ledger
