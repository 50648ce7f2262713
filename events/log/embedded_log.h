#pragma once

#include <filesystem>
#include <memory>

#include "events/log/log_reader.h"
#include "events/log/log_writer.h"

namespace ledger {

// The log of a single machine, in RocksDB: column family `log`, key = partition and offset (big
// endian), value = the line. Same partitions and positions as on Kafka.
//
// Durability: acknowledged after one synced WriteBatch per group commit; a batch given to append()
// is written whole or not at all. A failed write (disk full) fails every record of the group with
// kUnavailable, assigns no offset, and the log takes appends again when writes succeed again.
// Threads: one committer thread of its own.
class EmbeddedLog final : public LogWriter, public LogReader {
 public:
  struct Options {
    std::filesystem::path directory;  // created if missing; held by one process at a time
    std::int32_t partitions = 6;      // fixed at creation; kMisconfigured if it differs later
  };
  [[nodiscard]] static Result<std::unique_ptr<EmbeddedLog>> open(Options options);
  ~EmbeddedLog() override;

  [[nodiscard]] Status append(std::vector<LogRecord> batch, Completion done) override;
  [[nodiscard]] std::int32_t partitions() const override;
  [[nodiscard]] Result<Frontier> end() const override;
  [[nodiscard]] Result<std::unique_ptr<LogCursor>> cursor(const Frontier& from) const override;
  [[nodiscard]] Result<std::string> read(const Position& position) const override;

 private:
  class Impl;
  explicit EmbeddedLog(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace ledger
