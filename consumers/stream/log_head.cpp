#include "consumers/stream/log_head.h"

#include <utility>

namespace ledger::stream {

void LogHead::start() {
  thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

std::optional<Frontier> LogHead::ask() {
  auto now = known();
  return now.is_of_now && !now.error ? std::move(now.end) : std::nullopt;
}

LogHead::Known LogHead::known(std::chrono::milliseconds patience) {
  if (!thread_.joinable()) {
    auto answer = log_.end();
    const std::lock_guard lock(mutex_);
    take(std::move(answer));
    return told();
  }
  std::unique_lock lock(mutex_);
  const std::uint64_t mine = ++asked_;
  changed_.notify_all();
  const bool in_time = changed_.wait_for(lock, patience, [&] { return answered_ >= mine; });
  Known now = told();
  now.is_of_now = now.is_of_now && in_time;
  return now;
}

LogHead::Known LogHead::last() const {
  const std::lock_guard lock(mutex_);
  Known known = told();
  known.is_of_now = false;
  return known;
}

LogHead::Known LogHead::told() const {
  const auto age = std::chrono::floor<std::chrono::milliseconds>(Clock::now() - told_at_);
  return {end_, end_ ? age : std::chrono::milliseconds(0), !error_, error_};
}

void LogHead::take(Result<Frontier> answer) {
  if (answer) {
    end_ = *std::move(answer);
    told_at_ = Clock::now();
    error_.reset();
  } else {
    error_ = std::move(answer).error();
  }
}

void LogHead::run(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (!stop.stop_requested()) {
    changed_.wait_for(lock, stop, kAskEvery, [this] { return asked_ > answered_; });
    if (stop.stop_requested()) return;
    // What is asked meanwhile is of later, and is answered by another look.
    const std::uint64_t asked = asked_;
    lock.unlock();
    auto answer = log_.end();
    lock.lock();
    take(std::move(answer));
    answered_ = asked;
    changed_.notify_all();
  }
}

}  // namespace ledger::stream
