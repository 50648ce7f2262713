#pragma once

#include <algorithm>
#include <chrono>
#include <random>

namespace ledger {

// Growing pauses between attempts: twice as long each time, up to the longest, and each cut by up
// to a half by chance, so that many clients of one server do not come back in step. One thread.
class Backoff {
 public:
  using Pause = std::chrono::milliseconds;
  Backoff(Pause first, Pause longest)
      : first_(first), longest_(longest), next_(first), chance_(std::random_device{}()) {}

  [[nodiscard]] Pause next() {
    const Pause whole = next_;
    next_ = std::min(2 * next_, longest_);
    std::uniform_int_distribution<Pause::rep> part(whole.count() / 2, whole.count());
    return Pause(part(chance_));
  }
  // After a success.
  void reset() { next_ = first_; }

 private:
  Pause first_;
  Pause longest_;
  Pause next_;
  std::minstd_rand chance_;
};

}  // namespace ledger
