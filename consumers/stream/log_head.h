#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

#include "events/log/log_reader.h"

namespace ledger::stream {

// Where the log ends, asked on a thread of its own: Kafka takes seconds to say that it is away, and
// nobody's beat, status or readiness waits for that. Without start() it is asked on the caller's
// thread. Thread-safe once started.
class LogHead {
 public:
  static constexpr auto kAtOnce = std::chrono::milliseconds(300);

  // What was told last, and whether that is of now.
  struct Known {
    std::optional<Frontier> end;    // nullopt: it was never told
    std::chrono::milliseconds age;  // of `end`
    bool is_of_now = false;
    std::optional<Error> error;  // of the last question that was answered; absent: it gave `end`
  };

  explicit LogHead(const LogReader& log) : log_(log) {}
  // Every kAskEvery it also asks by itself, so that last() is not of long ago.
  void start();

  // As of now; nullopt: the log is away, or does not answer at once.
  [[nodiscard]] std::optional<Frontier> ask();
  // As of now if the log answers within `patience`, else what it told last.
  [[nodiscard]] Known known(std::chrono::milliseconds patience = kAtOnce);
  // What it told last, without asking.
  [[nodiscard]] Known last() const;

 private:
  using Clock = std::chrono::steady_clock;
  static constexpr auto kAskEvery = std::chrono::seconds(5);

  void run(const std::stop_token& stop);
  void take(Result<Frontier> answer);
  [[nodiscard]] Known told() const;

  const LogReader& log_;
  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  std::uint64_t asked_ = 0;     // questions so far
  std::uint64_t answered_ = 0;  // those of them that an answer of later is for
  std::optional<Frontier> end_;
  Clock::time_point told_at_;  // `end_`
  std::optional<Error> error_;
  std::jthread thread_;  // last: it uses all of the above
};

}  // namespace ledger::stream
