// Goal: the log is exchangeable: the same 10,000 events through the door give the same bytes at the
// same positions and the same rows, embedded and on Kafka. Method: one clock that stands still, the
// real door and projector over each log, then everything compared.
#include <fmt/format.h>

#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

#include "consumers/runner/projector.h"
#include "producers/append/door.h"
#include "projections/store/view_store.h"
#include "tests/contract/log_under_test.h"
#include "tests/support/catch.h"

using namespace ledger;
using ledger::testing::LogUnderTest;

namespace {

constexpr int kEvents = 10'000;

Submission submission(int n) {
  const auto id = fmt::format("{:06}", n);
  const Timestamp time = parse_timestamp("2026-11-24T08:00:00Z").value() + std::chrono::seconds(n);
  if (n < 50) {
    ClientRegistered client;
    client.client_id = ClientId(fmt::format("c-{}", n));
    client.name = fmt::format("ТОВ {}", n);
    client.phones = {Phone::parse(fmt::format("+3805000000{:02}", n)).value()};
    return {id, "test", time, {}, client};
  }
  CallCompleted call;
  call.call_id = CallId(id);
  call.direction = CallDirection::kOutbound;
  call.client_phone = Phone::parse(fmt::format("+3805000000{:02}", n % 60)).value();
  call.duration_s = 60;
  call.talk_s = n % 60;
  call.outcome = CallOutcome::kAnswered;
  call.manager_id = ManagerId(fmt::format("m-{}", n % 5));
  return {id, "test", time, {}, call};
}

struct Outcome {
  std::vector<std::string> lines;  // "3:17 {…}"
  std::vector<std::string> rows;
};

// The door's answer to one batch, waited for while the projector works on another thread.
void append(AppendDoor& door, std::vector<Submission> batch) {
  std::mutex mutex;
  std::condition_variable answered;
  bool done = false;
  bool all_well = true;
  door.append(std::move(batch), [&](const std::vector<AppendDoor::Outcome>& outcomes) {
    const std::lock_guard lock(mutex);
    for (const auto& outcome : outcomes) all_well = all_well && outcome.has_value();
    done = true;
    answered.notify_one();
  });
  std::unique_lock lock(mutex);
  REQUIRE(answered.wait_for(lock, std::chrono::seconds(60), [&] { return done; }));
  REQUIRE(all_well);
}

Outcome run(LogUnderTest& log) {
  const FixedClock clock(parse_timestamp("2026-11-25T08:00:00Z").value());
  const auto store = memory_view_store(3);
  ViewProgress progress(Frontier::start(3));
  const auto projector = Projector::open(log.reader(), *store, progress).value();
  std::jthread projecting([&](const std::stop_token& stop) {
    while (!stop.stop_requested()) (void)projector->step(std::chrono::milliseconds(10));
  });
  {
    AppendDoor door({log.writer(), log.reader(), *store, progress, clock,
                     BusinessZone::named("Europe/Kyiv").value()},
                    Frontier::start(3));
    for (int n = 0; n < kEvents;) {
      std::vector<Submission> batch;
      for (; n < kEvents && batch.size() < 200; ++n) batch.push_back(submission(n));
      append(door, std::move(batch));
    }
  }
  const Frontier end = log.reader().end().value();
  REQUIRE(progress.wait(end, std::chrono::steady_clock::now() + std::chrono::seconds(60)));
  projecting = {};
  Outcome outcome;
  std::map<Position, std::string> lines;
  for (const auto& line : ledger::testing::read_lines(log.reader(), Frontier::start(3), kEvents)) {
    lines[line.position] = line.line;
  }
  for (const auto& [position, line] : lines)
    outcome.lines.push_back(to_string(position) + " " + line);
  for (const auto& family : projector_families()) {
    REQUIRE(
        store->current()->scan(family, "", "", [&](std::string_view key, std::string_view value) {
          outcome.rows.push_back(family + std::string(key) + std::string(value));
          return true;
        }));
  }
  return outcome;
}

}  // namespace

TEST_CASE("ledger: the same events give the same bytes and the same rows on every log",
          "[contract][log]") {
  std::optional<Outcome> first;
  for (const auto& kind : ledger::testing::all_logs()) {
    if (!kind.make) {
      WARN("skipped " << kind.name << ": " << kind.absent);
      continue;
    }
    const auto log = kind.make();
    Outcome outcome = run(*log);
    REQUIRE(outcome.lines.size() == kEvents);
    REQUIRE(outcome.rows.size() > 100);
    if (!first) {
      first = std::move(outcome);
      continue;
    }
    INFO(kind.name);
    CHECK(outcome.lines == first->lines);
    CHECK(outcome.rows == first->rows);
  }
}
