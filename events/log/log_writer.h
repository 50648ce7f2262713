#pragma once

#include <functional>
#include <string>
#include <vector>

#include "events/position.h"
#include "platform/result.h"

namespace ledger {

// One event as it will be stored: the line's bytes are never changed again.
struct LogRecord {
  std::string key;   // partition key; the partition is partition_of(key, partitions)
  std::string line;  // one CloudEvents JSON object, no newline
};

// The log, seen by who appends. Records of one call that share a partition keep their order;
// across calls the order is that of the calls.
class LogWriter {
 public:
  virtual ~LogWriter() = default;

  // Called exactly once for each record, from a thread of the adapter, when the log has said what
  // became of it: the position (durable now), or
  //   kUnavailable        not persisted, retry later;
  //   kTooLarge           not persisted, and no retry cures it;
  //   kPossiblyPersisted  unknown: retry with the same (source, id).
  // Must only hand over; must not throw, block, or call append.
  using Completion = std::function<void(std::size_t index, Result<Position> outcome)>;

  // Never blocks. False with kUnavailable (queue full, log away) if nothing of the batch was taken;
  // then `done` is never called. Thread-safe.
  [[nodiscard]] virtual Status append(std::vector<LogRecord> batch, Completion done) = 0;

  [[nodiscard]] virtual std::int32_t partitions() const = 0;
};

// murmur2 of the key as Kafka's Java client computes it, so that any Kafka tool agrees on where a
// key lives. An empty key is a key.
[[nodiscard]] std::int32_t partition_of(std::string_view key, std::int32_t partitions);

}  // namespace ledger
