#pragma once

#include <algorithm>
#include <chrono>
#include <functional>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "events/log/log_reader.h"
#include "events/log/log_writer.h"

namespace ledger::testing {

// A log of vectors: acknowledges at once, on the caller's thread. For tests of what stands on it;
// not thread-safe while being appended to.
class MemoryLog final : public LogWriter, public LogReader {
 public:
  explicit MemoryLog(std::int32_t partitions) : lines_(static_cast<std::size_t>(partitions)) {}

  Status append(std::vector<LogRecord> batch, Completion done) override {
    if (away) return fail(ErrorCode::kUnavailable, "the log is away");
    for (std::size_t i = 0; i < batch.size(); ++i) {
      if (batch[i].line.size() <= line_bytes_max) continue;
      for (std::size_t k = 0; k < batch.size(); ++k) {
        done(k, fail(ErrorCode::kTooLarge, "the log takes no line so long"));
      }
      return {};
    }
    std::vector<Position> positions;
    for (auto& record : batch) {
      const auto partition = partition_of(record.key, partitions());
      auto& lines = lines_[static_cast<std::size_t>(partition)];
      lines.push_back(std::move(record.line));
      positions.push_back({partition, static_cast<std::int64_t>(lines.size()) - 1});
    }
    if (appended) appended();
    for (std::size_t i = 0; i < positions.size(); ++i) done(i, positions[i]);
    return {};
  }
  std::int32_t partitions() const override { return static_cast<std::int32_t>(lines_.size()); }

  Result<Frontier> end() const override {
    Frontier end;
    for (const auto& lines : lines_) end.next.push_back(static_cast<std::int64_t>(lines.size()));
    return end;
  }
  Result<std::unique_ptr<LogCursor>> cursor(const Frontier& from) const override {
    return std::make_unique<Cursor>(*this, from);
  }
  Result<std::string> read(const Position& position) const override {
    const auto& lines = lines_[static_cast<std::size_t>(position.partition)];
    const auto offset = static_cast<std::size_t>(position.offset);
    if (offset >= lines.size()) return fail(ErrorCode::kNotFound, "beyond the end");
    return lines[offset];
  }

  // Puts bytes of any kind in, as a foreign producer could.
  void inject(std::int32_t partition, std::string line) {
    lines_[static_cast<std::size_t>(partition)].push_back(std::move(line));
  }

  bool away = false;
  std::size_t line_bytes_max = std::numeric_limits<std::size_t>::max();
  std::function<void()> appended;  // called before the acknowledgement, on its thread

 private:
  class Cursor final : public LogCursor {
   public:
    Cursor(const MemoryLog& log, Frontier next) : log_(log), next_(std::move(next)) {
      next_.next.resize(log_.lines_.size(), 0);
    }
    Result<std::vector<StoredLine>> poll(std::size_t max_records, std::size_t,
                                         std::chrono::milliseconds) override {
      std::vector<StoredLine> found;
      for (std::size_t p = 0; p < log_.lines_.size(); ++p) {
        auto& next = next_.next[p];
        while (found.size() < max_records && next < std::ssize(log_.lines_[p])) {
          const Position position{static_cast<std::int32_t>(p), next};
          found.push_back({position, log_.lines_[p][static_cast<std::size_t>(next++)]});
        }
      }
      return found;
    }

   private:
    const MemoryLog& log_;
    Frontier next_;
  };

  std::vector<std::vector<std::string>> lines_;
};

}  // namespace ledger::testing
