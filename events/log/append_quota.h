#pragma once

#include <cstddef>
#include <mutex>
#include <vector>

#include "events/log/log_writer.h"
#include "platform/limits.h"

namespace ledger {

// How much may wait for a log at once, over all appends: limits::kAppendQueueMax records, and so
// many bytes. Thread-safe.
class AppendQuota {
 public:
  static constexpr std::size_t kBytesMax = 256 * 1024 * 1024;

  [[nodiscard]] static std::size_t bytes_of(const LogRecord& record) {
    return record.key.size() + record.line.size();
  }

  // kUnavailable, and nothing is taken, if the whole batch does not fit.
  [[nodiscard]] Status take(const std::vector<LogRecord>& batch) {
    std::size_t bytes = 0;
    for (const auto& record : batch) bytes += bytes_of(record);
    const std::lock_guard lock(mutex_);
    if (records_ + batch.size() > limits::kAppendQueueMax || bytes_ + bytes > kBytesMax) {
      return fail(ErrorCode::kUnavailable, "too many events are waiting for the log; try again");
    }
    records_ += batch.size();
    bytes_ += bytes;
    return {};
  }

  // As the log's answers come.
  void give_back(std::size_t records, std::size_t bytes) {
    const std::lock_guard lock(mutex_);
    records_ -= records;
    bytes_ -= bytes;
  }

 private:
  std::mutex mutex_;
  std::size_t records_ = 0;
  std::size_t bytes_ = 0;
};

}  // namespace ledger
