#include "projections/progress.h"

#include <utility>

namespace ledger {

ViewProgress::ViewProgress(Frontier start)
    : reached_(std::move(start)), thread_([this](const std::stop_token& stop) { run(stop); }) {}

ViewProgress::~ViewProgress() { end_waiting(); }

void ViewProgress::end_waiting() {
  thread_.request_stop();
  if (thread_.joinable()) thread_.join();
  {
    const std::lock_guard lock(mutex_);
    ended_ = true;
  }
  for (auto& [waiter, reached] : take_due(/*all=*/true)) waiter.then(reached);
}

void ViewProgress::advance(const Frontier& reached) {
  {
    const std::lock_guard lock(mutex_);
    reached_ = reached;
  }
  changed_.notify_all();
}

Frontier ViewProgress::reached() const {
  const std::lock_guard lock(mutex_);
  return reached_;
}

bool ViewProgress::covers(const Frontier& wanted) const {
  const std::lock_guard lock(mutex_);
  return reached_.covers(wanted);
}

bool ViewProgress::wait(const Frontier& wanted, Deadline deadline) const {
  std::unique_lock lock(mutex_);
  return changed_.wait_until(lock, deadline, [&] { return reached_.covers(wanted); });
}

void ViewProgress::when(Frontier wanted, Deadline deadline, std::function<void(bool)> then) {
  {
    const std::lock_guard lock(mutex_);
    if (!ended_) {
      waiters_.push_back({std::move(wanted), deadline, std::move(then)});
      changed_.notify_all();
      return;
    }
  }
  then(false);
}

std::vector<std::pair<ViewProgress::Waiter, bool>> ViewProgress::take_due(bool all) {
  const std::lock_guard lock(mutex_);
  const auto now = std::chrono::steady_clock::now();
  std::vector<std::pair<Waiter, bool>> due;
  std::erase_if(waiters_, [&](Waiter& waiter) {
    const bool reached = reached_.covers(waiter.wanted);
    if (!all && !reached && now < waiter.deadline) return false;
    due.emplace_back(std::move(waiter), reached);
    return true;
  });
  return due;
}

void ViewProgress::run(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    for (auto& [waiter, reached] : take_due(/*all=*/false)) waiter.then(reached);
    std::unique_lock lock(mutex_);
    const auto due = [this] {
      for (const auto& waiter : waiters_) {
        if (reached_.covers(waiter.wanted)) return true;
      }
      return false;
    };
    // Until something is due, a new waiter may bring an earlier deadline, or it is time to stop.
    const std::size_t known = waiters_.size();
    const auto moved = [&] { return due() || waiters_.size() != known; };
    if (waiters_.empty()) {
      changed_.wait(lock, stop, moved);
      continue;
    }
    auto earliest = waiters_.front().deadline;
    for (const auto& waiter : waiters_) earliest = std::min(earliest, waiter.deadline);
    changed_.wait_until(lock, stop, earliest, moved);
  }
}

}  // namespace ledger
