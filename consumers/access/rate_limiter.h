#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "platform/clock.h"

namespace ledger::access {

// Holds `burst` tokens at most and gets one back every `every`. Pure: the clock is the caller's.
class TokenBucket {
 public:
  struct Rate {
    double burst;
    std::chrono::microseconds every;
  };
  TokenBucket(const Rate& rate, Timestamp now) : tokens_(rate.burst), at_(now) {}

  // nullopt where there is a token; else the whole seconds until there is one.
  [[nodiscard]] std::optional<std::int64_t> wait(const Rate& rate, Timestamp now);
  void take() { tokens_ -= 1; }  // after wait() said that there is one
  [[nodiscard]] bool full(const Rate& rate, Timestamp now) const {
    return refilled(rate, now) >= rate.burst;
  }

 private:
  [[nodiscard]] double refilled(const Rate& rate, Timestamp now) const;
  double tokens_;
  Timestamp at_;
};

// A bucket for each principal or address. Never more than limits::kRateBucketsMax: those that are
// full say nothing and go first, else the ones that were used longest ago. Thread-safe.
class RateLimiter {
 public:
  explicit RateLimiter(TokenBucket::Rate rate) : rate_(rate) {}

  // Takes a token; else in how many seconds there is one.
  [[nodiscard]] std::optional<std::int64_t> take(std::string_view key, Timestamp now);
  // Whether there is one, without taking it: for what costs only where it fails.
  [[nodiscard]] std::optional<std::int64_t> wait(std::string_view key, Timestamp now);
  [[nodiscard]] std::size_t size() const;

 private:
  struct Used {
    TokenBucket bucket;
    Timestamp last;
  };
  Used& used(std::string_view key, Timestamp now);
  void make_room(Timestamp now);

  const TokenBucket::Rate rate_;
  mutable std::mutex mutex_;
  std::map<std::string, Used, std::less<>> buckets_;
};

// By what an address is counted: itself, and of IPv6 its /64, which is one customer's.
[[nodiscard]] std::string rate_key_of(std::string_view peer);

}  // namespace ledger::access
