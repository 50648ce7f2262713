#pragma once

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>

#include "consumers/runner/projector.h"
#include "events/catalogue.h"
#include "producers/append/door.h"
#include "projections/store/view_store.h"
#include "tests/support/catch.h"
#include "tests/support/memory_log.h"

// A door before a log that answers when the test says so.
namespace ledger {

// Keeps what it is given until told what became of it. Amendments come from the door's own thread.
class HeldLog final : public LogWriter {
 public:
  explicit HeldLog(testing::MemoryLog& log) : log_(log) {}

  Status append(std::vector<LogRecord> batch, Completion done) override {
    const std::lock_guard lock(mutex_);
    held_.push_back({std::move(batch), std::move(done)});
    came_.notify_all();
    return {};
  }
  std::int32_t partitions() const override { return log_.partitions(); }

  [[nodiscard]] std::size_t held() const {
    const std::lock_guard lock(mutex_);
    return held_.size();
  }
  void wait_for_one() const {
    std::unique_lock lock(mutex_);
    REQUIRE(came_.wait_for(lock, std::chrono::seconds(20), [this] { return !held_.empty(); }));
  }
  void acknowledge() {
    auto next = take();
    (void)log_.append(std::move(next.batch), std::move(next.done));
  }
  void refuse(ErrorCode code) {
    auto next = take();
    for (std::size_t i = 0; i < next.batch.size(); ++i) next.done(i, fail(code, "as told"));
  }
  // Persisted, but nobody was told.
  void persist_in_silence() {
    auto next = take();
    (void)log_.append(next.batch, [](std::size_t, const Result<Position>&) {});
    for (std::size_t i = 0; i < next.batch.size(); ++i) {
      next.done(i, fail(ErrorCode::kPossiblyPersisted, "as told"));
    }
  }

 private:
  struct Held {
    std::vector<LogRecord> batch;
    Completion done;
  };
  Held take() {
    const std::lock_guard lock(mutex_);
    Held next = std::move(held_.front());
    held_.pop_front();
    return next;
  }
  testing::MemoryLog& log_;
  mutable std::mutex mutex_;
  mutable std::condition_variable came_;
  std::deque<Held> held_;
};

// Outcomes of one call of the door, which may come from its slow lane.
class Answers {
 public:
  AppendDoor::Done take() {
    return [said = said_](std::vector<AppendDoor::Outcome> outcomes) {
      const std::lock_guard lock(said->mutex);
      said->outcomes = std::move(outcomes);
      said->changed.notify_all();
    };
  }
  [[nodiscard]] bool answered() const {
    const std::lock_guard lock(said_->mutex);
    return said_->outcomes.has_value();
  }
  [[nodiscard]] std::vector<AppendDoor::Outcome> wait() const {
    std::unique_lock lock(said_->mutex);
    REQUIRE(said_->changed.wait_for(lock, std::chrono::seconds(20),
                                    [this] { return said_->outcomes.has_value(); }));
    return *said_->outcomes;
  }

 private:
  // The door may answer when nobody asks any more.
  struct Said {
    std::mutex mutex;
    std::condition_variable changed;
    std::optional<std::vector<AppendDoor::Outcome>> outcomes;
  };
  std::shared_ptr<Said> said_ = std::make_shared<Said>();
};

inline Submission meeting(std::string id, std::string topic = "умови") {
  return {std::move(id),
          "test",
          parse_timestamp("2026-11-24T08:00:00Z").value(),
          {},
          MeetingHeld{ClientId("c-1"), ManagerId("m-1"), std::move(topic), {}, {}, {}}};
}

struct HeldDoor {
  // The door waits for the log to answer what it has.
  ~HeldDoor() {
    while (held.held() > 0) held.refuse(ErrorCode::kUnavailable);
  }
  void settle() {
    while (!progress.covers(log.end().value())) {
      REQUIRE(projector->step(std::chrono::milliseconds(0)));
    }
  }

  testing::MemoryLog log{1};
  HeldLog held{log};
  FixedClock clock{parse_timestamp("2026-11-25T08:00:00Z").value()};
  std::unique_ptr<ViewStore> store = memory_view_store(1);
  ViewProgress progress{Frontier::start(1)};
  std::unique_ptr<Projector> projector = Projector::open(log, *store, progress).value();
  AppendDoor door{{held, log, *store, progress, clock, BusinessZone::named("Europe/Kyiv").value()},
                  Frontier::start(1)};
};

}  // namespace ledger
