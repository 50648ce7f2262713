// Goal: every adapter of the log's ports keeps the same promises. Method: one suite over all of
// them.
#include <fmt/format.h>

#include <atomic>
#include <map>
#include <set>
#include <thread>

#include "platform/limits.h"
#include "tests/contract/log_under_test.h"
#include "tests/support/catch.h"

using namespace ledger;
using ledger::testing::append_and_wait;
using ledger::testing::LogUnderTest;
using ledger::testing::read_lines;

namespace {

// Runs `body` over a fresh log of every kind.
void over_all_logs(const std::function<void(LogUnderTest&)>& body) {
  for (const auto& kind : ledger::testing::all_logs()) {
    if (!kind.make) {
      WARN("skipped " << kind.name << ": " << kind.absent);
      continue;
    }
    DYNAMIC_SECTION(kind.name) {
      const auto log = kind.make();
      body(*log);
    }
  }
}

std::vector<LogRecord> records(int count, int keys, const std::string& text = "") {
  std::vector<LogRecord> batch;
  for (int i = 0; i < count; ++i) {
    batch.push_back({fmt::format("c-{}", i % keys), fmt::format("{{\"n\":{}{}}}", i, text)});
  }
  return batch;
}

}  // namespace

TEST_CASE("log: positions are dense from 0, in the partition of the key, in order of the append",
          "[contract][log]") {
  over_all_logs([](LogUnderTest& log) {
    const auto outcomes = append_and_wait(log.writer(), records(300, 7));
    std::map<std::int32_t, std::int64_t> next;
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
      REQUIRE(outcomes[i]);
      const auto key = fmt::format("c-{}", i % 7);
      CHECK(outcomes[i]->partition == partition_of(key, log.writer().partitions()));
      CHECK(outcomes[i]->offset == next[outcomes[i]->partition]++);
    }
    REQUIRE(next.size() > 1);  // the keys were to meet more than one partition
  });
}

TEST_CASE("log: what comes back are the bytes that went in", "[contract][log]") {
  over_all_logs([](LogUnderTest& log) {
    const std::string ukrainian = R"({"name":"ТОВ «Їжак»"})";
    const std::string longest(limits::kEventBytesMax, 'x');
    const auto outcomes =
        append_and_wait(log.writer(), {{"a", ukrainian}, {"a", longest}, {"", "{}"}});
    for (const auto& outcome : outcomes) REQUIRE(outcome);
    CHECK(log.reader().read(*outcomes[0]).value() == ukrainian);
    CHECK(log.reader().read(*outcomes[1]).value() == longest);
    CHECK(log.reader().read(*outcomes[2]).value() == "{}");
    std::map<Position, std::string> lines;
    for (const auto& line : read_lines(log.reader(), Frontier::start(3), 3)) {
      lines[line.position] = line.line;
    }
    CHECK(lines[*outcomes[0]] == ukrainian);
    CHECK(lines[*outcomes[1]] == longest);
  });
}

TEST_CASE("log: everything acknowledged lies before the end", "[contract][log]") {
  over_all_logs([](LogUnderTest& log) {
    CHECK(log.reader().end().value() == Frontier::start(3));
    const auto outcomes = append_and_wait(log.writer(), records(50, 5));
    const Frontier end = log.reader().end().value();
    for (const auto& outcome : outcomes) CHECK(end.covers(outcome.value()));
    CHECK(end.total() == 50);
  });
}

TEST_CASE("log: a cursor begins where it is told, without gaps", "[contract][log]") {
  over_all_logs([](LogUnderTest& log) {
    (void)append_and_wait(log.writer(), records(200, 9));
    const Frontier end = log.reader().end().value();
    Frontier middle = end;
    std::size_t left = 0;
    for (std::size_t i = 0; i < middle.next.size(); ++i) {
      middle.next[i] /= 2;
      left += static_cast<std::size_t>(end.next[i] - middle.next[i]);
    }
    Frontier reached = middle;
    for (const auto& line : read_lines(log.reader(), middle, left)) {
      const auto p = static_cast<std::size_t>(line.position.partition);
      REQUIRE(line.position.offset == reached.next[p]);
      reached.include(line.position);
    }
    CHECK(reached == end);
  });
}

TEST_CASE("log: a waiting cursor wakes for what is appended", "[contract][log]") {
  over_all_logs([](LogUnderTest& log) {
    const auto cursor = log.reader().cursor(Frontier::start(3)).value();
    CHECK(cursor->poll(10, 1 << 20, std::chrono::milliseconds(1)).value().empty());
    std::jthread writer([&] { (void)append_and_wait(log.writer(), {{"a", "{}"}}); });
    std::size_t got = 0;
    for (int i = 0; i < 300 && got == 0; ++i) {
      got = cursor->poll(10, 1 << 20, std::chrono::milliseconds(100)).value().size();
    }
    CHECK(got == 1);
  });
}

TEST_CASE("log: a position beyond the end is not found", "[contract][log]") {
  over_all_logs([](LogUnderTest& log) {
    (void)append_and_wait(log.writer(), {{"a", "{}"}});
    const auto partition = partition_of("a", 3);
    CHECK(log.reader().read({partition, 0}));
    const auto missing = log.reader().read({partition, 1});
    REQUIRE_FALSE(missing);
    CHECK(missing.error().code == ErrorCode::kNotFound);
  });
}

TEST_CASE("log: more than the queue holds is refused whole, and nothing of it is written",
          "[contract][log]") {
  over_all_logs([](LogUnderTest& log) {
    std::atomic<int> called = 0;
    const auto taken =
        log.writer().append(records(static_cast<int>(limits::kAppendQueueMax) + 1, 3),
                            [&called](std::size_t, const Result<Position>&) { ++called; });
    REQUIRE_FALSE(taken);
    CHECK(taken.error().code == ErrorCode::kUnavailable);
    CHECK(append_and_wait(log.writer(), {{"a", "{}"}}).front()->offset == 0);
    CHECK(called == 0);
  });
}

TEST_CASE("log: reopened, it goes on where it stood", "[contract][log]") {
  over_all_logs([](LogUnderTest& log) {
    (void)append_and_wait(log.writer(), records(40, 4));
    const Frontier end = log.reader().end().value();
    log.reopen();
    CHECK(log.reader().end().value() == end);
    const auto next = append_and_wait(log.writer(), {{"c-1", "{}"}}).front().value();
    CHECK(next.offset == end.next[static_cast<std::size_t>(next.partition)]);
  });
}

TEST_CASE("log: closed with appends on their way, each is answered once", "[contract][log]") {
  over_all_logs([](LogUnderTest& log) {
    auto answered = std::make_shared<std::vector<std::atomic<int>>>(2000);
    const auto taken = log.writer().append(
        records(2000, 6), [answered](std::size_t i, const Result<Position>&) { ++(*answered)[i]; });
    REQUIRE(taken);
    log.reopen();
    for (const auto& count : *answered) REQUIRE(count == 1);
  });
}

TEST_CASE("log: many threads append at once", "[contract][log]") {
  over_all_logs([](LogUnderTest& log) {
    std::atomic<int> failed = 0;
    {
      std::vector<std::jthread> threads;
      for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&log, &failed, t] {
          for (int i = 0; i < 25; ++i) {
            const auto key = fmt::format("t-{}", t);
            for (const auto& outcome : append_and_wait(
                     log.writer(), {{key, fmt::format("{{\"t\":{},\"i\":{}}}", t, i)}})) {
              if (!outcome) ++failed;
            }
          }
        });
      }
    }
    CHECK(failed == 0);
    std::set<std::string> lines;
    for (const auto& line : read_lines(log.reader(), Frontier::start(3), 100)) {
      lines.insert(line.line);
    }
    CHECK(lines.size() == 100);
  });
}
