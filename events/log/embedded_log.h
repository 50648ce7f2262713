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
// is written whole or not at all. A failed write answers every record of the group alike and
// assigns no offset: kUnavailable if nothing was kept (disk full), kPossiblyPersisted if the disk
// did not confirm. After a full disk the log takes appends again by itself; after a disk that did
// not confirm it has to be opened again, and shows then what there is.
// Threads: one committer thread of its own.
class EmbeddedLog final : public LogWriter, public LogReader {
 public:
  struct Options {
    std::filesystem::path directory;  // created if missing; held by one process at a time
    std::int32_t partitions = 6;      // fixed at creation; kMisconfigured if it differs later
    // Memory for what is not in files yet; so much disk is set aside too, and must be free again
    // before a log goes on after a full disk.
    std::size_t write_buffer_bytes = 64 * 1024 * 1024;
  };
  [[nodiscard]] static Result<std::unique_ptr<EmbeddedLog>> open(const Options& options);
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
