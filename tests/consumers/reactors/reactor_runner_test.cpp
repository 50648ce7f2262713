// Goal: a rule is told of each day once, as soon as it has read the log. Method: a runner over the
// house's log with a clock that goes on to the next day when it is asked often enough.
#include "consumers/reactors/reactor_runner.h"

#include <condition_variable>
#include <mutex>

#include "tests/support/catch.h"
#include "tests/support/house.h"

using namespace ledger;
using ledger::testing::House;

namespace {

constexpr int kAsksADay = 5;

// Asked by the runner's thread alone.
class PassingClock final : public Clock {
 public:
  Timestamp now() const override {
    const int days = asked_++ / kAsksADay;
    return first_ + std::chrono::hours(24) * days;
  }

 private:
  Timestamp first_ = parse_timestamp("2026-11-25T10:00:00Z").value();
  mutable int asked_ = 0;
};

struct Turns {
  std::mutex mutex;
  std::condition_variable another;
  std::vector<std::string> days;
  std::vector<bool> had_read_all;
};

class Listening final : public Reactor {
 public:
  Listening(Turns& turns, Frontier end) : turns_(turns), end_(std::move(end)) {}
  std::string_view name() const override { return "test/listening"; }
  bool concerns(const LineSummary&) const override { return false; }
  Result<std::vector<Submission>> react(const Event&, const Sight&) const override {
    return std::vector<Submission>{};
  }
  Result<std::vector<Submission>> turn_of_day(const Sight& sight) const override {
    const std::lock_guard lock(turns_.mutex);
    turns_.days.push_back(format_date(sight.today));
    turns_.had_read_all.push_back(sight.read == end_);
    turns_.another.notify_one();
    return std::vector<Submission>{};
  }

 private:
  Turns& turns_;
  Frontier end_;
};

}  // namespace

TEST_CASE("reactor runner: each day has one turn, once the log is read", "[reactors]") {
  House house;
  REQUIRE(
      house
          .post(
              R"({"specversion":"1.0","id":"c-1","source":"test","type":"org.salesledger.client.registered.v1","time":"2026-11-25T08:00:00Z","data":{"client_id":"c-1","name":"Ромашка"}})")
          .status == 201);
  const PassingClock clock;
  const BusinessZone zone = BusinessZone::named("Europe/Kyiv").value();
  const auto end = house.log.end().value();
  AppendDoor door({house.log, house.log, *house.views, *house.progress, house.clock, zone}, end);
  const auto cursors = memory_view_store(house.log.partitions());
  Turns turns;
  const auto runner =
      ReactorRunner::start(std::make_unique<Listening>(turns, end),
                           {house.log, *house.views, *house.progress, door, *cursors, clock, zone})
          .value();
  std::unique_lock lock(turns.mutex);
  REQUIRE(turns.another.wait_for(lock, std::chrono::seconds(20),
                                 [&] { return turns.days.size() >= 3; }));
  CHECK(std::vector(turns.days.begin(), turns.days.begin() + 3) ==
        std::vector<std::string>{"2026-11-25", "2026-11-26", "2026-11-27"});
  CHECK(turns.had_read_all.front());
}
