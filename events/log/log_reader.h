#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "events/position.h"
#include "platform/result.h"

namespace ledger {

struct StoredLine {
  Position position;
  std::string_view line;
};

// Reads forward from a frontier, each partition in offset order without gaps. One thread at a time.
// It must not outlive the log.
class LogCursor {
 public:
  virtual ~LogCursor() = default;

  // Up to `max_records` records and about `max_bytes` bytes, waiting up to `max_wait` for the
  // first one only. Empty: nothing new. The views stay valid until the next poll.
  // kUnavailable: the log is away, poll again later, nothing is skipped. kCorrupt: an offset is
  // missing or repeated, or the log does not reach back, or no longer up, to where it was read: the
  // history is damaged, stop. An error in the midst of a poll comes with the next one.
  [[nodiscard]] virtual Result<std::vector<StoredLine>> poll(
      std::size_t max_records, std::size_t max_bytes, std::chrono::milliseconds max_wait) = 0;
};

// The log, seen by who reads. Thread-safe.
class LogReader {
 public:
  virtual ~LogReader() = default;

  [[nodiscard]] virtual std::int32_t partitions() const = 0;
  // Everything acknowledged before the call lies before the frontier. kUnavailable if away.
  [[nodiscard]] virtual Result<Frontier> end() const = 0;
  [[nodiscard]] virtual Result<std::unique_ptr<LogCursor>> cursor(const Frontier& from) const = 0;
  // One line by its position. kNotFound beyond the end.
  [[nodiscard]] virtual Result<std::string> read(const Position& position) const = 0;
};

}  // namespace ledger
