// Goal: whatever is handed in, the door writes only what can be read back, in an order that its own
// answers agree with, and forgets nobody. Method: a log that answers when the test says so.
#include <future>

#include "tests/producers/append/held_door.h"

#include "platform/limits.h"

using namespace ledger;
using Fixture = HeldDoor;

namespace {

Submission voids(std::string id, const std::string& target, const Clock& clock) {
  return {std::move(id), "test", clock.now(), {}, EventVoided{"test", target, "помилка", {}, {}}};
}

}  // namespace

TEST_CASE("door: no line enters the log that could not be read back", "[producers][append]") {
  Fixture fixture;
  for (const std::string& topic :
       {std::string(), std::string("a\rb"), std::string(limits::kTextBytesMax + 1, 'x')}) {
    Answers answers;
    fixture.door.append({meeting("a", topic)}, answers.take());
    const auto outcome = answers.wait().front();
    REQUIRE_FALSE(outcome);
    CHECK(outcome.error().field == "data.topic");
    CHECK_FALSE(outcome.error().retriable());
  }
  CHECK(fixture.held.held() == 0);
  Answers taken;
  fixture.door.append({meeting("a", std::string(limits::kTextBytesMax, 'x'))}, taken.take());
  CHECK(fixture.held.held() == 1);
}

TEST_CASE("door: what amends an event is judged by the amendment that went before it",
          "[producers][append]") {
  Fixture fixture;
  Answers recorded;
  fixture.door.append({meeting("a"), meeting("b")}, recorded.take());
  fixture.held.acknowledge();
  fixture.settle();

  Answers both;
  fixture.door.append({voids("v-1", "a", fixture.clock), voids("v-2", "a", fixture.clock)},
                      both.take());
  const auto outcomes = both.wait();
  CHECK(outcomes[0].error().code == ErrorCode::kNotAttempted);
  CHECK(outcomes[1].error().code == ErrorCode::kConflict);
  CHECK(fixture.held.held() == 0);

  Answers first;
  Answers second;
  fixture.door.append({voids("v-1", "a", fixture.clock), voids("v-3", "b", fixture.clock)},
                      first.take());
  fixture.held.wait_for_one();
  fixture.door.append({voids("v-2", "a", fixture.clock)}, second.take());
  fixture.held.acknowledge();
  CHECK(first.wait()[0]);
  CHECK(first.wait()[1]);
  while (!second.answered()) fixture.settle();
  CHECK(second.wait().front().error().code == ErrorCode::kConflict);
  CHECK(fixture.held.held() == 0);
}

TEST_CASE("door: it outlives what the log owes it", "[producers][append]") {
  Fixture fixture;
  auto door = std::make_unique<AppendDoor>(
      AppendDoor::Parts{fixture.held, fixture.log, *fixture.store, fixture.progress, fixture.clock,
                        BusinessZone::named("Europe/Kyiv").value()},
      Frontier::start(1));
  Answers answers;
  door->append({meeting("a")}, answers.take());
  auto gone = std::async(std::launch::async, [&] { door.reset(); });
  CHECK(gone.wait_for(std::chrono::milliseconds(50)) == std::future_status::timeout);
  fixture.held.acknowledge();
  gone.get();
  CHECK(answers.wait().front());
}

TEST_CASE("door: doubts that nobody asks about again do not fill it for good",
          "[producers][append]") {
  Fixture fixture;
  constexpr std::size_t kBatch = 1000;
  for (std::size_t batch = 0; batch < limits::kRecentEventsMax / kBatch; ++batch) {
    std::vector<Submission> events;
    for (std::size_t i = 0; i < kBatch; ++i) {
      events.push_back(meeting(std::to_string(batch) + '-' + std::to_string(i)));
    }
    Answers answers;
    fixture.door.append(std::move(events), answers.take());
    fixture.held.refuse(ErrorCode::kPossiblyPersisted);
    REQUIRE(answers.wait().front().error().code == ErrorCode::kPossiblyPersisted);
  }
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (fixture.held.held() == 0) {
    REQUIRE(std::chrono::steady_clock::now() < deadline);
    Answers answers;
    fixture.door.append({meeting("new")}, answers.take());
    if (fixture.held.held() > 0) break;
    REQUIRE(answers.wait().front().error().code == ErrorCode::kUnavailable);
  }
}
