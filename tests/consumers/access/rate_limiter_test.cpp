// Goal: a rate lets through its burst and then one every so often, each by itself, in bounded
// memory.
#include "consumers/access/rate_limiter.h"

#include "platform/access_limits.h"
#include "tests/support/catch.h"

using namespace ledger;
using namespace ledger::access;
using namespace std::chrono_literals;

namespace {
constexpr TokenBucket::Rate kRate{3, 10s};
const Timestamp kNow = parse_timestamp("2026-11-26T08:00:00Z").value();
}  // namespace

TEST_CASE("rate: the burst, then one in ten seconds", "[access]") {
  RateLimiter limiter(kRate);
  for (int i = 0; i < 3; ++i) CHECK_FALSE(limiter.take("a", kNow));
  CHECK(limiter.take("a", kNow) == 10);
  CHECK(limiter.take("a", kNow + 4s) == 6);
  CHECK_FALSE(limiter.take("b", kNow));
  CHECK_FALSE(limiter.take("a", kNow + 10s));
  CHECK(limiter.take("a", kNow + 10s) == 10);
}

TEST_CASE("rate: a refused request costs nothing, and rest fills no more than the burst",
          "[access]") {
  RateLimiter limiter(kRate);
  for (int i = 0; i < 3; ++i) CHECK_FALSE(limiter.take("a", kNow));
  for (int i = 0; i < 100; ++i) CHECK(limiter.take("a", kNow + 5s));
  CHECK_FALSE(limiter.take("a", kNow + 10s));
  for (int i = 0; i < 3; ++i) CHECK_FALSE(limiter.take("a", kNow + 1h));
  CHECK(limiter.take("a", kNow + 1h));
}

TEST_CASE("rate: waiting takes nothing", "[access]") {
  RateLimiter limiter(kRate);
  for (int i = 0; i < 100; ++i) CHECK_FALSE(limiter.wait("a", kNow));
  CHECK(limiter.size() == 0);
  for (int i = 0; i < 3; ++i) CHECK_FALSE(limiter.take("a", kNow));
  CHECK(limiter.wait("a", kNow) == 10);
}

TEST_CASE("rate: a clock that is set back gives nothing and locks nobody out", "[access]") {
  RateLimiter limiter(kRate);
  for (int i = 0; i < 3; ++i) CHECK_FALSE(limiter.take("a", kNow));
  CHECK(limiter.take("a", kNow - 1h) == 10);
  CHECK_FALSE(limiter.take("a", kNow - 1h + 10s));
}

TEST_CASE("rate: memory is bounded, and who is over his rate is not forgotten for newcomers",
          "[access]") {
  RateLimiter limiter(kRate);
  for (std::size_t i = 0; i < 3 * limits::kRateBucketsMax; ++i) {
    const Timestamp at = kNow + std::chrono::microseconds(i);
    // He goes on all the while, so that he is never the one who was seen longest ago.
    if (i % 100 == 0) std::ignore = limiter.take("flood", at);
    std::ignore = limiter.take("n" + std::to_string(i), at);
    REQUIRE(limiter.size() <= limits::kRateBucketsMax);
  }
  CHECK(limiter.wait("flood", kNow + 1s));
}

TEST_CASE("rate: an IPv6 customer is his /64, an IPv4 address is itself", "[access]") {
  CHECK(rate_key_of("192.0.2.7") == "192.0.2.7");
  CHECK(rate_key_of("::ffff:192.0.2.7") == "192.0.2.7");
  CHECK(rate_key_of("2001:db8:1:2::1") == rate_key_of("2001:db8:1:2:ffff::9"));
  CHECK(rate_key_of("2001:db8:1:2::1") != rate_key_of("2001:db8:1:3::1"));
}
