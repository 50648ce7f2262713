// Goal: the door never acknowledges what the log has not, and two deliveries of one fact are one
// event however they come. Method: a log that answers when the test says so.
#include "tests/producers/append/held_door.h"

#include "platform/limits.h"

using namespace ledger;
using Fixture = HeldDoor;

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
