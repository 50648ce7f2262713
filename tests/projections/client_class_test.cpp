// Goal: the letter A, B or C at and beside every limit of the rule. Method: sums of a made-up
// house.
#include "projections/client_class/rule.h"

#include <limits>

#include "tests/support/catch.h"

using namespace ledger;
using namespace ledger::client_class;

namespace {

Turnovers turnovers(std::vector<std::int64_t> paid) {
  return Turnovers::of(std::move(paid)).value();
}

using MaybeLetter = std::optional<Letter>;

}  // namespace

TEST_CASE("client class: A up to 80 hundredths of what is above, B up to 95", "[client_class]") {
  const auto all = turnovers({5, 80, 15});
  CHECK(all.total() == 100);
  CHECK(all.letter_of(80) == Letter::kA);  // 0 above
  CHECK(all.letter_of(15) == Letter::kB);  // 80
  CHECK(all.letter_of(5) == Letter::kC);   // 95
  const auto less = turnovers({79, 16, 5});
  CHECK(less.letter_of(16) == Letter::kA);  // 79
  const auto between = turnovers({80, 14, 6});
  CHECK(between.letter_of(6) == Letter::kB);  // 94
}

TEST_CASE("client class: the limits are not rounded to whole units", "[client_class]") {
  // 80 hundredths of 101 are 80.8: 80 is below, 81 is not.
  CHECK(turnovers({80, 21}).letter_of(21) == Letter::kA);
  CHECK(turnovers({81, 20}).letter_of(20) == Letter::kB);
}

TEST_CASE("client class: who paid all is an A, and equal sums have one letter", "[client_class]") {
  CHECK(turnovers({7}).letter_of(7) == Letter::kA);
  const auto equal = turnovers({10, 10, 10, 10, 10});
  CHECK(equal.letter_of(10) == Letter::kA);
  CHECK(equal.above(10) == 0);
  const auto tail = turnovers({960, 10, 10, 10, 10});
  CHECK(tail.letter_of(10) == Letter::kC);
}

TEST_CASE("client class: sums that are not above zero measure nothing", "[client_class]") {
  const auto all = turnovers({-50, 0, 100});
  CHECK(all.total() == 100);
  CHECK(all.above(0) == 100);
  CHECK(judge(all, -50, std::nullopt).letter == MaybeLetter());
  CHECK(judge(all, 0, 0).letter == MaybeLetter());
  CHECK(judge(Turnovers(), 0, std::nullopt).letter == MaybeLetter());
}

TEST_CASE("client class: a higher potential lifts by one letter, a lower one by none",
          "[client_class]") {
  const auto all = turnovers({80, 15, 5});
  const auto lifted = judge(all, 5, 90);
  CHECK(lifted.by_turnover == Letter::kC);
  CHECK(lifted.by_potential == Letter::kA);
  CHECK(lifted.letter == Letter::kB);
  CHECK(lifted.lifted);
  CHECK(judge(all, 15, 90).letter == Letter::kA);
  CHECK(judge(all, 5, 16).letter == Letter::kB);
  for (const std::int64_t potential : {1, 5}) {
    const auto same = judge(all, 5, potential);
    CHECK(same.letter == Letter::kC);
    CHECK_FALSE(same.lifted);
  }
  CHECK(judge(all, 80, 1).letter == Letter::kA);
}

TEST_CASE("client class: who paid nothing is a C or, if promising, a B", "[client_class]") {
  const auto all = turnovers({80, 15, 5});
  const auto promising = judge(all, 0, 1000);
  CHECK(promising.letter == Letter::kB);
  CHECK(promising.by_turnover == MaybeLetter());
  CHECK(promising.lifted);
  CHECK(judge(all, 0, 1).letter == Letter::kC);
  // Nobody paid anything yet: there is nothing to measure a potential by.
  CHECK(judge(turnovers({}), 0, 1000).letter == Letter::kC);
}

TEST_CASE("client class: sums up to the edge of int64", "[client_class]") {
  constexpr auto kMost = std::numeric_limits<std::int64_t>::max();
  const auto all = turnovers({kMost - 10, 10});
  CHECK(all.total() == kMost);
  CHECK(all.letter_of(kMost - 10) == Letter::kA);
  CHECK(all.letter_of(10) == Letter::kC);
  const auto beyond = Turnovers::of({kMost, 1});
  REQUIRE_FALSE(beyond.has_value());
  CHECK(beyond.error().code == ErrorCode::kOutOfRange);
}
