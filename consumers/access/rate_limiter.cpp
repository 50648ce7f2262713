#include "consumers/access/rate_limiter.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "platform/access_limits.h"
#include "platform/sha256.h"

namespace ledger::access {

double TokenBucket::refilled(const Rate& rate, Timestamp now) const {
  if (now <= at_) return tokens_;  // a clock that was set back gives nothing, and takes nothing
  const double back =
      static_cast<double>((now - at_).count()) / static_cast<double>(rate.every.count());
  return std::min(rate.burst, tokens_ + back);
}

std::optional<std::int64_t> TokenBucket::wait(const Rate& rate, Timestamp now) {
  tokens_ = refilled(rate, now);
  at_ = now;
  if (tokens_ >= 1) return std::nullopt;
  const double seconds = (1 - tokens_) * static_cast<double>(rate.every.count()) / 1e6;
  return std::max<std::int64_t>(1, static_cast<std::int64_t>(std::ceil(seconds)));
}

RateLimiter::Used& RateLimiter::used(std::string_view key, Timestamp now) {
  auto found = buckets_.find(key);
  if (found == buckets_.end()) {
    if (buckets_.size() >= limits::kRateBucketsMax) make_room(now);
    found = buckets_.emplace(std::string(key), Used{TokenBucket(rate_, now), now}).first;
  }
  found->second.last = now;
  return found->second;
}

// A tenth at a time, so that a flood of new addresses does not pay for it at each request.
void RateLimiter::make_room(Timestamp now) {
  std::erase_if(buckets_, [&](const auto& each) { return each.second.bucket.full(rate_, now); });
  if (buckets_.size() < limits::kRateBucketsMax) return;
  std::vector<Timestamp> times;
  times.reserve(buckets_.size());
  for (const auto& [key, each] : buckets_) times.push_back(each.last);
  const auto tenth = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 10);
  std::nth_element(times.begin(), tenth, times.end());
  const Timestamp before = *tenth;
  std::size_t left = limits::kRateBucketsMax / 10;
  std::erase_if(buckets_, [&](const auto& each) {
    if (left == 0 || each.second.last > before) return false;
    --left;
    return true;
  });
}

std::optional<std::int64_t> RateLimiter::wait(std::string_view key, Timestamp now) {
  const std::lock_guard lock(mutex_);
  const auto found = buckets_.find(key);
  if (found == buckets_.end()) return std::nullopt;
  return found->second.bucket.wait(rate_, now);
}

std::optional<std::int64_t> RateLimiter::take(std::string_view key, Timestamp now) {
  const std::lock_guard lock(mutex_);
  auto& bucket = used(key, now).bucket;
  const auto seconds = bucket.wait(rate_, now);
  if (!seconds) bucket.take();
  return seconds;
}

std::size_t RateLimiter::size() const {
  const std::lock_guard lock(mutex_);
  return buckets_.size();
}

std::string rate_key_of(std::string_view peer) {
  std::array<unsigned char, 16> address{};
  if (inet_pton(AF_INET6, std::string(peer).c_str(), address.data()) != 1) {
    return std::string(peer);
  }
  // ::ffff:192.0.2.1 is an IPv4 address in another dress.
  constexpr std::array<unsigned char, 12> kMapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  if (std::equal(kMapped.begin(), kMapped.end(), address.begin())) {
    std::array<char, INET_ADDRSTRLEN> text{};
    inet_ntop(AF_INET, address.data() + kMapped.size(), text.data(), text.size());
    return text.data();
  }
  return to_hex({reinterpret_cast<const char*>(address.data()), 8}) + "/64";
}

}  // namespace ledger::access
