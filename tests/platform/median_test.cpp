// Goal: there is one median, and it overflows nowhere. Method: odd and even numbers of values, both
// signs, and the ends of the type.
#include "platform/median.h"

#include <limits>

#include "tests/support/catch.h"

using namespace ledger;

TEST_CASE("median: the middle, or the mean of the two in the middle, half up", "[platform]") {
  CHECK(median({}) == std::nullopt);
  CHECK(median({7}) == 7);
  CHECK(median({9, 1, 5}) == 5);
  CHECK(median({10, 300}) == 155);
  CHECK(median({300, 11}) == 156);
  CHECK(median({4, 1, 3, 2}) == 3);  // 2.5
  CHECK(median({-4, -1, -3, -2}) == -2);
  CHECK(median({-1, 0}) == 0);
  CHECK(median({5, 5, 5, 5}) == 5);
}

TEST_CASE("median: of the least and the greatest values", "[platform]") {
  constexpr auto kLeast = std::numeric_limits<std::int64_t>::min();
  constexpr auto kGreatest = std::numeric_limits<std::int64_t>::max();
  CHECK(median({kGreatest, kGreatest}) == kGreatest);
  CHECK(median({kLeast, kLeast}) == kLeast);
  CHECK(median({kLeast, kGreatest}) == 0);
}
