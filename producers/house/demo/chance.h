#pragma once

#include <cstddef>
#include <cstdint>
#include <random>

namespace ledger::demo {

// Chance that is the same everywhere: the standard's engine is, its distributions are not.
class Chance {
 public:
  explicit Chance(std::uint64_t seed) : engine_(seed) {}

  // One of 0 to n - 1; n > 0.
  [[nodiscard]] std::int64_t below(std::int64_t n) {
    return static_cast<std::int64_t>(engine_() % static_cast<std::uint64_t>(n));
  }
  [[nodiscard]] std::int64_t between(std::int64_t from, std::int64_t to) {
    return from + below(to - from + 1);
  }
  [[nodiscard]] bool per_mille(std::int64_t share) { return below(1000) < share; }
  // Mostly near the middle of the range, as heights and talks are.
  [[nodiscard]] std::int64_t around(std::int64_t from, std::int64_t to) {
    return (between(from, to) + between(from, to) + between(from, to)) / 3;
  }
  template <class List>
  [[nodiscard]] const auto& one_of(const List& list) {
    return list[static_cast<std::size_t>(below(static_cast<std::int64_t>(std::size(list))))];
  }

 private:
  std::mt19937_64 engine_;
};

}  // namespace ledger::demo
