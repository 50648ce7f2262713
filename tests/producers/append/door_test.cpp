// Goal: the door never acknowledges what the log has not, and two deliveries of one fact are one
// event however they come. Method: a log that answers when the test says so.
#include "producers/append/door.h"
#include "events/catalogue.h"

#include <condition_variable>
#include <deque>
#include <mutex>

#include "consumers/runner/projector.h"
#include "platform/limits.h"
#include "projections/store/view_store.h"
#include "tests/support/catch.h"
#include "tests/support/memory_log.h"

using namespace ledger;

namespace {

// Keeps what it is given until told what became of it.
class HeldLog final : public LogWriter {
 public:
  explicit HeldLog(ledger::testing::MemoryLog& log) : log_(log) {}

  Status append(std::vector<LogRecord> batch, Completion done) override {
    held_.push_back({std::move(batch), std::move(done)});
    return {};
  }
  std::int32_t partitions() const override { return log_.partitions(); }

  [[nodiscard]] std::size_t held() const { return held_.size(); }
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
    Held next = std::move(held_.front());
    held_.pop_front();
    return next;
  }
  ledger::testing::MemoryLog& log_;
  std::deque<Held> held_;
};

// Outcomes of one call of the door, which may come from its slow lane.
class Answers {
 public:
  AppendDoor::Done take() {
    return [this](std::vector<AppendDoor::Outcome> outcomes) {
      const std::lock_guard lock(mutex_);
      outcomes_ = std::move(outcomes);
      answered_ = true;
      changed_.notify_all();
    };
  }
  [[nodiscard]] bool answered() const {
    const std::lock_guard lock(mutex_);
    return answered_;
  }
  [[nodiscard]] std::vector<AppendDoor::Outcome> wait() const {
    std::unique_lock lock(mutex_);
    REQUIRE(changed_.wait_for(lock, std::chrono::seconds(20), [this] { return answered_; }));
    return outcomes_;
  }

 private:
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  bool answered_ = false;
  std::vector<AppendDoor::Outcome> outcomes_;
};

Submission meeting(std::string id, std::string topic = "умови") {
  return {std::move(id),
          "test",
          parse_timestamp("2026-11-24T08:00:00Z").value(),
          {},
          MeetingHeld{ClientId("c-1"), ManagerId("m-1"), std::move(topic), {}, {}, {}}};
}

struct Fixture {
  void settle() {
    while (!progress.covers(log.end().value())) {
      REQUIRE(projector->step(std::chrono::milliseconds(0)));
    }
  }

  ledger::testing::MemoryLog log{1};
  HeldLog held{log};
  FixedClock clock{parse_timestamp("2026-11-25T08:00:00Z").value()};
  std::unique_ptr<ViewStore> store = memory_view_store(1);
  ViewProgress progress{Frontier::start(1)};
  std::unique_ptr<Projector> projector = Projector::open(log, *store, progress).value();
  AppendDoor door{{held, log, *store, progress, clock, BusinessZone::named("Europe/Kyiv").value()},
                  Frontier::start(1)};
};

}  // namespace

TEST_CASE("door: nothing is answered before the log has acknowledged", "[producers][append]") {
  Fixture fixture;
  Answers answers;
  fixture.door.append({meeting("a")}, answers.take());
  CHECK(fixture.held.held() == 1);
  CHECK_FALSE(answers.answered());
  fixture.held.acknowledge();
  const auto outcome = answers.wait().front();
  REQUIRE(outcome);
  CHECK(outcome->position == Position{0, 0});
  CHECK_FALSE(outcome->duplicate);
}

TEST_CASE("door: two deliveries at once are one event with one receipt", "[producers][append]") {
  Fixture fixture;
  Answers first;
  Answers second;
  Answers other;
  fixture.door.append({meeting("a")}, first.take());
  fixture.door.append({meeting("a")}, second.take());
  fixture.door.append({meeting("a", "інше")}, other.take());
  CHECK(fixture.held.held() == 1);
  CHECK(other.wait().front().error().code == ErrorCode::kConflict);
  fixture.held.acknowledge();
  const auto one = first.wait().front().value();
  const auto two = second.wait().front().value();
  CHECK(one.position == two.position);
  CHECK(one.leaf_hash == two.leaf_hash);
  CHECK(two.duplicate);
  // Later too, from what the door remembers and then from the index.
  for (int round = 0; round < 2; ++round) {
    Answers again;
    fixture.door.append({meeting("a")}, again.take());
    CHECK(again.wait().front()->position == one.position);
    fixture.settle();
  }
  CHECK(fixture.log.end()->total() == 1);
}

TEST_CASE("door: what the log did not take can be sent again", "[producers][append]") {
  Fixture fixture;
  Answers first;
  Answers waiting;
  fixture.door.append({meeting("a")}, first.take());
  fixture.door.append({meeting("a")}, waiting.take());
  fixture.held.refuse(ErrorCode::kUnavailable);
  CHECK(first.wait().front().error().code == ErrorCode::kUnavailable);
  CHECK(waiting.wait().front().error().code == ErrorCode::kUnavailable);
  Answers again;
  fixture.door.append({meeting("a")}, again.take());
  REQUIRE(fixture.held.held() == 1);
  fixture.held.acknowledge();
  CHECK_FALSE(again.wait().front()->duplicate);
}

TEST_CASE("door: an event in doubt is looked for before it is written again",
          "[producers][append]") {
  Fixture fixture;
  Answers first;
  fixture.door.append({meeting("a")}, first.take());
  fixture.held.persist_in_silence();
  CHECK(first.wait().front().error().code == ErrorCode::kPossiblyPersisted);
  fixture.settle();
  Answers again;
  fixture.door.append({meeting("a")}, again.take());
  const auto receipt = again.wait().front().value();
  CHECK(receipt.duplicate);
  CHECK(receipt.position == Position{0, 0});
  CHECK(fixture.held.held() == 0);
}

TEST_CASE("door: a batch is all or nothing, and may repeat itself", "[producers][append]") {
  Fixture fixture;
  auto tomorrow = meeting("b");
  tomorrow.time += std::chrono::hours(48);
  Answers refused;
  fixture.door.append({meeting("a"), tomorrow, meeting("c")}, refused.take());
  const auto outcomes = refused.wait();
  CHECK(outcomes[0].error().code == ErrorCode::kNotAttempted);
  CHECK(outcomes[1].error().code == ErrorCode::kOutOfRange);
  CHECK(outcomes[1].error().field == "time");
  CHECK(outcomes[2].error().code == ErrorCode::kNotAttempted);
  CHECK(fixture.held.held() == 0);
  Answers twice;
  fixture.door.append({meeting("a"), meeting("a")}, twice.take());
  fixture.held.acknowledge();
  const auto both = twice.wait();
  CHECK(both[0]->position == both[1]->position);
  CHECK_FALSE(both[0]->duplicate);
  CHECK(both[1]->duplicate);
  Answers contradicting;
  fixture.door.append({meeting("d"), meeting("d", "інше")}, contradicting.take());
  CHECK(contradicting.wait()[1].error().code == ErrorCode::kConflict);
  CHECK(fixture.log.end()->total() == 1);
}

TEST_CASE("door: no append is answered before the index has reached the log's end",
          "[producers][append]") {
  Fixture fixture;
  (void)fixture.log.append({{"k", "{}"}}, [](std::size_t, const Result<Position>&) {});
  AppendDoor late({fixture.held, fixture.log, *fixture.store, fixture.progress, fixture.clock,
                   BusinessZone::named("Europe/Kyiv").value()},
                  fixture.log.end().value());
  CHECK_FALSE(late.ready());
  Answers answers;
  late.append({meeting("a")}, answers.take());
  CHECK(answers.wait().front().error().code == ErrorCode::kUnavailable);
  fixture.settle();
  CHECK(late.ready());
}

TEST_CASE("door: no append is answered while a view is made anew, since the others stand still",
          "[producers][append]") {
  Fixture fixture;
  fixture.store->renewals().set_aside({"client_card.v1", RenewalCause::kBehind, {}});
  CHECK_FALSE(fixture.door.ready());
  Answers refused;
  fixture.door.append({meeting("a")}, refused.take());
  CHECK(refused.wait().front().error().code == ErrorCode::kUnavailable);
  CHECK(fixture.held.held() == 0);
  fixture.store->renewals().give_back("client_card.v1");
  Answers taken;
  fixture.door.append({meeting("a")}, taken.take());
  CHECK(fixture.held.held() == 1);
}

TEST_CASE("door: nothing is taken back, nor looked for, by an index that stays behind",
          "[producers][append]") {
  Fixture fixture;
  Answers first;
  fixture.door.append({meeting("a")}, first.take());
  fixture.held.acknowledge();
  REQUIRE(first.wait().front());
  Answers voided;  // the index does not show it, and nobody folds
  fixture.door.append(
      {{"v", "test", fixture.clock.now(), {}, EventVoided{"test", "a", "помилка", {}, {}}}},
      voided.take());
  CHECK(voided.wait().front().error().code == ErrorCode::kUnavailable);

  Answers doubtful;
  fixture.door.append({meeting("b")}, doubtful.take());
  fixture.held.persist_in_silence();
  CHECK(doubtful.wait().front().error().code == ErrorCode::kPossiblyPersisted);
  for (int attempt = 0; attempt < 2; ++attempt) {
    Answers again;
    fixture.door.append({meeting("b")}, again.take());
    CHECK(again.wait().front().error().code == ErrorCode::kUnavailable);
    CHECK(fixture.held.held() == 0);
  }
  fixture.settle();
  Answers known;
  fixture.door.append({meeting("b")}, known.take());
  CHECK(known.wait().front().value().duplicate);
}

TEST_CASE("door: what the index does not show is bounded", "[producers][append]") {
  Fixture fixture;
  const auto batch = [](std::size_t from) {
    std::vector<Submission> all;
    for (std::size_t i = 0; i < limits::kBatchEventsMax; ++i) {
      all.push_back(meeting("e-" + std::to_string(from + i)));
    }
    return all;
  };
  for (std::size_t from = 0; from < limits::kRecentEventsMax; from += limits::kBatchEventsMax) {
    fixture.door.append(batch(from), [](const std::vector<AppendDoor::Outcome>&) {});
    fixture.held.acknowledge();
  }
  Answers refused;
  fixture.door.append({meeting("more")}, refused.take());
  CHECK(refused.wait().front().error().code == ErrorCode::kUnavailable);
  fixture.settle();
  Answers taken;
  fixture.door.append({meeting("more")}, taken.take());
  CHECK(fixture.held.held() == 1);
}
