#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "events/position.h"

namespace ledger {

// How far the views have come, for those who wait for their own write to show up. Thread-safe.
// The projector advances it after each commit; callbacks of when() run on a thread of its own, so
// that waiting never holds up the projector or the network.
class ViewProgress {
 public:
  using Deadline = std::chrono::steady_clock::time_point;

  explicit ViewProgress(Frontier start);
  // Calls what still waits with `false`.
  ~ViewProgress();

  void advance(const Frontier& reached);
  [[nodiscard]] Frontier reached() const;
  [[nodiscard]] bool covers(const Frontier& wanted) const;

  // Blocks until the views cover `wanted`; false if the deadline came first.
  [[nodiscard]] bool wait(const Frontier& wanted, Deadline deadline) const;
  // The same without blocking: `then(reached)` is called exactly once.
  void when(Frontier wanted, Deadline deadline, std::function<void(bool reached)> then);

 private:
  struct Waiter {
    Frontier wanted;
    Deadline deadline;
    std::function<void(bool)> then;
  };
  void run(const std::stop_token& stop);
  [[nodiscard]] std::vector<std::pair<Waiter, bool>> take_due(bool all);

  mutable std::mutex mutex_;
  mutable std::condition_variable_any changed_;
  Frontier reached_;
  std::vector<Waiter> waiters_;
  std::jthread thread_;  // last: it uses all of the above
};

}  // namespace ledger
