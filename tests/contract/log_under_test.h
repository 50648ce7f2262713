#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "events/log/log_reader.h"
#include "events/log/log_writer.h"

namespace ledger::testing {

// A log of one of the adapters, empty, with three partitions, and the way to close and open it
// again.
class LogUnderTest {
 public:
  virtual ~LogUnderTest() = default;
  [[nodiscard]] virtual LogWriter& writer() = 0;
  [[nodiscard]] virtual const LogReader& reader() = 0;
  virtual void reopen() = 0;
};

struct LogKind {
  std::string name;
  // Null: not here today, and why; the test says so and passes over it.
  std::function<std::unique_ptr<LogUnderTest>()> make;
  std::string absent = {};
};
// Embedded; Kafka's protocol over librdkafka's mock cluster; a real Kafka where LEDGER_TEST_BROKERS
// names one.
[[nodiscard]] std::vector<LogKind> all_logs();

// Appends one batch and waits for every outcome, with a deadline.
[[nodiscard]] std::vector<Result<Position>> append_and_wait(LogWriter& writer,
                                                            std::vector<LogRecord> batch);
// Reads until `count` lines are here, with a deadline.
struct ReadLine {
  Position position;
  std::string line;
};
[[nodiscard]] std::vector<ReadLine> read_lines(const LogReader& reader, const Frontier& from,
                                               std::size_t count);

}  // namespace ledger::testing
