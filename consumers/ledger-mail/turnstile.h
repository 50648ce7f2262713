#pragma once

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>

namespace ledger::gateway {

// Lets through so many bytes at once and no more, in the order of their coming: mapping a letter
// takes a few times its size, and many that come together must not take all of the memory. Threads:
// any.
class Turnstile {
 public:
  explicit Turnstile(std::size_t bytes_max) : bytes_max_(bytes_max) {}

  // Inside from its making to its end. One of more than all bytes goes alone.
  class Pass {
   public:
    Pass(Turnstile& turnstile, std::size_t bytes)
        : turnstile_(turnstile), bytes_(std::min(bytes, turnstile.bytes_max_)) {
      turnstile_.enter(bytes_);
    }
    ~Pass() { turnstile_.leave(bytes_); }
    Pass(const Pass&) = delete;
    Pass& operator=(const Pass&) = delete;

   private:
    Turnstile& turnstile_;
    std::size_t bytes_;
  };

 private:
  void enter(std::size_t bytes) {
    std::unique_lock lock(mutex_);
    const std::uint64_t ticket = next_++;
    changed_.wait(lock, [&] { return ticket == turn_ && inside_ + bytes <= bytes_max_; });
    ++turn_;
    inside_ += bytes;
    changed_.notify_all();
  }
  void leave(std::size_t bytes) {
    const std::lock_guard lock(mutex_);
    inside_ -= bytes;
    changed_.notify_all();
  }

  const std::size_t bytes_max_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::uint64_t next_ = 0;  // the ticket of whoever comes
  std::uint64_t turn_ = 0;  // of who is let in
  std::size_t inside_ = 0;
};

}  // namespace ledger::gateway
