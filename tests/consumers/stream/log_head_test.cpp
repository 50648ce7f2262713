// Goal: nobody waits for a log that does not say where it ends. Method: a log that answers when it
// is let.
#include "consumers/stream/log_head.h"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include "tests/support/catch.h"
#include "tests/support/memory_log.h"

using namespace ledger;
using namespace ledger::stream;
using ledger::testing::MemoryLog;

namespace {

class HeldLog final : public LogReader {
 public:
  std::int32_t partitions() const override { return 2; }
  Result<Frontier> end() const override {
    std::unique_lock lock(mutex_);
    let_.wait(lock, [this] { return !held_; });
    if (away_) return fail(ErrorCode::kUnavailable, "the log is away");
    return Frontier({3, ++asked_});
  }
  Result<std::unique_ptr<LogCursor>> cursor(const Frontier&) const override {
    return fail(ErrorCode::kUnavailable, "not read here");
  }
  Result<std::string> read(const Position&) const override {
    return fail(ErrorCode::kUnavailable, "not read here");
  }
  void set(bool held, bool away) {
    const std::lock_guard lock(mutex_);
    held_ = held;
    away_ = away;
    let_.notify_all();
  }

 private:
  mutable std::mutex mutex_;
  mutable std::condition_variable let_;
  mutable std::int64_t asked_ = 0;
  bool held_ = false;
  bool away_ = false;
};

// Asks until there is an answer, for at most as long as any machine takes.
std::optional<Frontier> answer(LogHead& head) {
  std::optional<Frontier> end;
  for (int i = 0; i < 60 && !end; ++i) end = head.ask();
  return end;
}

}  // namespace

TEST_CASE("log head: an answer is of now, and one that does not come is not waited for",
          "[consumers][stream]") {
  HeldLog log;
  LogHead head(log);
  CHECK(head.ask() == Frontier({3, 1}));  // before it has a thread
  head.start();
  const auto first = answer(head);
  REQUIRE(first);
  const auto second = answer(head);
  REQUIRE(second);
  CHECK(second->next[1] > first->next[1]);
  log.set(/*held=*/true, /*away=*/false);
  const auto began = std::chrono::steady_clock::now();
  CHECK_FALSE(head.ask());
  CHECK_FALSE(head.ask());
  CHECK(std::chrono::steady_clock::now() - began < std::chrono::seconds(10));
  log.set(false, false);
  const auto again = answer(head);
  REQUIRE(again);
  CHECK(again->next[1] > second->next[1]);
  log.set(false, true);
  CHECK_FALSE(head.ask());
}

TEST_CASE("log head: what was told last stays known, with its age and why it is old",
          "[consumers][stream]") {
  HeldLog log;
  LogHead head(log);
  CHECK_FALSE(head.last().end);
  head.start();
  const auto told = answer(head);
  REQUIRE(told);
  log.set(/*held=*/false, /*away=*/true);
  LogHead::Known known = head.known();
  for (int i = 0; i < 60 && !known.error; ++i) known = head.known();
  REQUIRE(known.error);
  CHECK(known.error->message == "the log is away");
  CHECK_FALSE(known.is_of_now);
  REQUIRE(known.end);
  CHECK(known.end->next[1] >= told->next[1]);
  CHECK(head.last().error);
  log.set(false, false);
  REQUIRE(answer(head));
  CHECK_FALSE(head.last().error);
  // Many may ask at once; each has an answer that was looked up after he asked.
  std::vector<std::jthread> asking;
  std::atomic<int> stale = 0;
  for (int i = 0; i < 4; ++i) {
    asking.emplace_back([&] {
      std::int64_t least = 0;
      for (int n = 0; n < 50; ++n) {
        const auto end = head.ask();
        if (!end) continue;
        if (end->next[1] <= least) ++stale;
        least = end->next[1];
      }
    });
  }
  asking.clear();
  CHECK(stale == 0);
}
