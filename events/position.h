#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "platform/result.h"

namespace ledger {

// Where one event stands in the log, for ever: "3:1207" is partition 3, offset 1207.
struct Position {
  std::int32_t partition = 0;
  std::int64_t offset = 0;

  static void fields(auto&& field) {
    field("partition", &Position::partition);
    field("offset", &Position::offset);
  }
  auto operator<=>(const Position&) const = default;
};

// How far a reader has come: for each partition the next offset it will read, which is also how
// many events of the partition it has read. Written "12,0,7": partition 0 up to 12 (excluded), ...
// This is the `position` of every answer and what `at_least` takes.
struct Frontier {
  std::vector<std::int64_t> next;

  Frontier() = default;
  explicit Frontier(std::vector<std::int64_t> next_offsets) : next(std::move(next_offsets)) {}
  [[nodiscard]] static Frontier start(std::int32_t partitions) {
    return Frontier(std::vector<std::int64_t>(static_cast<std::size_t>(partitions), 0));
  }

  // True if every event before `other` has been read here too. Missing partitions count as 0.
  [[nodiscard]] bool covers(const Frontier& other) const;
  [[nodiscard]] bool covers(const Position& position) const;
  void include(const Position& position);    // raises to at least just behind that event
  [[nodiscard]] std::int64_t total() const;  // events read over all partitions
  bool operator==(const Frontier&) const = default;
};

[[nodiscard]] std::string to_string(const Position& position);
[[nodiscard]] std::string to_string(const Frontier& frontier);
[[nodiscard]] Result<Position> parse_position(std::string_view text);
// A frontier "12,0,7", or a position "1:4", which means "everything up to and with that event".
[[nodiscard]] Result<Frontier> parse_frontier(std::string_view text);

}  // namespace ledger
