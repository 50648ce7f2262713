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
  ~ViewProgress();
  // Calls what still waits with `false`, and whoever comes later at once: what they would look at
  // is about to go. When it returns, no callback runs.
  void end_waiting();

  void advance(const Frontier& reached);
  [[nodiscard]] Frontier reached() const;
  [[nodiscard]] bool covers(const Frontier& wanted) const;

  // Blocks until the views cover `wanted`; false if the deadline came first.
  [[nodiscard]] bool wait(const Frontier& wanted, Deadline deadline) const;
  // The same without blocking: `then(reached)` is called exactly once, and must not throw.
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
  bool ended_ = false;   // end_waiting() was called
  std::jthread thread_;  // last: it uses all of the above
};

}  // namespace ledger
