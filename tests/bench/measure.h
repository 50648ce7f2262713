#pragma once

#include <sys/resource.h>

#include <chrono>

namespace ledger::bench {

// Wall and CPU time (user and system, all threads of this process) since it was made.
class Stopwatch {
 public:
  Stopwatch() : wall_(std::chrono::steady_clock::now()), cpu_us_(cpu_us()) {}
  [[nodiscard]] double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - wall_).count();
  }
  [[nodiscard]] double cpu_seconds() const { return static_cast<double>(cpu_us() - cpu_us_) / 1e6; }

 private:
  static std::int64_t cpu_us() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto us = [](const timeval& time) {
      return static_cast<std::int64_t>(time.tv_sec) * 1'000'000 + time.tv_usec;
    };
    return us(usage.ru_utime) + us(usage.ru_stime);
  }
  std::chrono::steady_clock::time_point wall_;
  std::int64_t cpu_us_;
};

}  // namespace ledger::bench
