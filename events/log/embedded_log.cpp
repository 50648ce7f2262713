#include "events/log/embedded_log.h"

#include <fmt/format.h>

#include <algorithm>
#include <condition_variable>
#include <cstring>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>

#include "events/log/append_quota.h"
#include "platform/rocks/database.h"

namespace ledger {

namespace {

constexpr std::string_view kLog = "log";
constexpr std::string_view kMeta = "meta";
constexpr std::string_view kPartitionsKey = "partitions";
// One synced write takes whole batches until it has so much.
constexpr std::size_t kGroupRecordsMax = 10'000;
constexpr std::size_t kGroupBytesMax = 16 * 1024 * 1024;

constexpr int kPartitionBytes = 4;
constexpr int kOffsetBytes = 8;

// Big endian, so that byte order is log order.
void append_big_endian(std::string& out, std::uint64_t value, int bytes) {
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
    out += static_cast<char>((value >> shift) & 0xff);
  }
}

std::string partition_prefix(std::int32_t partition) {
  std::string key;
  append_big_endian(key, static_cast<std::uint64_t>(partition), kPartitionBytes);
  return key;
}

std::string key_of(const Position& position) {
  std::string key = partition_prefix(position.partition);
  append_big_endian(key, static_cast<std::uint64_t>(position.offset), kOffsetBytes);
  return key;
}

std::int64_t offset_of(std::string_view key) {
  std::uint64_t offset = 0;
  for (const char c : key.substr(kPartitionBytes))
    offset = (offset << 8) | static_cast<unsigned char>(c);
  return static_cast<std::int64_t>(offset);
}

// What cursors and the committer share: how far the log is durable.
class DurableEnd {
 public:
  explicit DurableEnd(Frontier end) : end_(std::move(end)) {}
  [[nodiscard]] Frontier get() const {
    const std::lock_guard lock(mutex_);
    return end_;
  }
  void set(Frontier end) {
    {
      const std::lock_guard lock(mutex_);
      end_ = std::move(end);
    }
    moved_.notify_all();
  }
  // The end once it lies beyond `seen`, or after `wait`.
  [[nodiscard]] Frontier beyond(const Frontier& seen, std::chrono::milliseconds wait) const {
    std::unique_lock lock(mutex_);
    moved_.wait_for(lock, wait, [&] { return !seen.covers(end_); });
    return end_;
  }

 private:
  mutable std::mutex mutex_;
  mutable std::condition_variable moved_;
  Frontier end_;
};

// Copies of lines that stay where they are until it is emptied. Blocks are kept for the next fill.
class Arena {
 public:
  [[nodiscard]] std::string_view keep(std::string_view line) {
    if (line.size() > kBlockBytes - used_) {
      if (line.size() > kBlockBytes) return *large_.emplace(large_.end(), line);
      if (++block_ == blocks_.size()) blocks_.push_back(std::make_unique<char[]>(kBlockBytes));
      used_ = 0;
    }
    char* const at = blocks_[block_].get() + used_;
    std::memcpy(at, line.data(), line.size());
    used_ += line.size();
    return {at, line.size()};
  }
  void clear() {
    block_ = 0;
    used_ = 0;
    large_.clear();
  }

 private:
  static constexpr std::size_t kBlockBytes = 1024 * 1024;
  std::vector<std::unique_ptr<char[]>> blocks_ = first_block();
  std::deque<std::string> large_;
  std::size_t block_ = 0;
  std::size_t used_ = 0;

  static std::vector<std::unique_ptr<char[]>> first_block() {
    std::vector<std::unique_ptr<char[]>> blocks;
    blocks.push_back(std::make_unique<char[]>(kBlockBytes));
    return blocks;
  }
};

class EmbeddedCursor final : public LogCursor {
 public:
  EmbeddedCursor(const rocks::Database& database, const DurableEnd& end, Frontier next)
      : database_(database), end_(end), next_(std::move(next)) {}

  Result<std::vector<StoredLine>> poll(std::size_t max_records, std::size_t max_bytes,
                                       std::chrono::milliseconds max_wait) override {
    if (const Frontier end = end_.get(); !end.covers(next_)) {
      return fail(ErrorCode::kCorrupt, fmt::format("the log ends at {}, before {} where it was "
                                                   "read up to: its end was lost",
                                                   to_string(end), to_string(next_)));
    }
    const Frontier end = end_.beyond(next_, max_wait);
    arena_.clear();
    std::vector<StoredLine> lines;
    lines.reserve(std::min(
        {max_records, kReservedLinesMax, static_cast<std::size_t>(end.total() - next_.total())}));
    std::size_t bytes_left = max_bytes;
    // Each poll begins with another partition, so that a busy one does not starve the others.
    const std::size_t count = next_.next.size();
    first_ = (first_ + 1) % count;
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t partition = (first_ + i) % count;
      if (next_.next[partition] >= end.next[partition]) continue;
      LEDGER_CHECK(read_partition(static_cast<std::int32_t>(partition), end.next[partition],
                                  max_records, bytes_left, lines));
    }
    for (const auto& line : lines) next_.include(line.position);
    return lines;
  }

 private:
  static constexpr std::size_t kReservedLinesMax = 128 * 1024;

  // The iterator lives as long as this call: it pins what it reads.
  Status read_partition(std::int32_t partition, std::int64_t end, std::size_t max_records,
                        std::size_t& bytes_left, std::vector<StoredLine>& lines) {
    std::int64_t expected = next_.next[static_cast<std::size_t>(partition)];
    const auto at =
        database_.iterate(kLog, partition_prefix(partition), key_of({partition, expected}));
    for (; expected < end && at->valid(); at->next(), ++expected) {
      if (lines.size() >= max_records || bytes_left == 0) return {};
      if (offset_of(at->key()) != expected) break;
      const std::string_view line = at->value();
      lines.push_back({{partition, expected}, arena_.keep(line)});
      bytes_left -= std::min(bytes_left, line.size());
    }
    LEDGER_CHECK(at->status());
    if (expected < end) {
      return fail(ErrorCode::kCorrupt,
                  fmt::format("the log has no event at {} although it ends at {}",
                              to_string(Position{partition, expected}), end));
    }
    return {};
  }

  const rocks::Database& database_;
  const DurableEnd& end_;
  Frontier next_;
  std::size_t first_ = 0;
  Arena arena_;
};

// The number of partitions, fixed when the log was made: another one would move keys.
Status check_partitions(rocks::Database& database, std::int32_t partitions) {
  LEDGER_TRY(const auto stored, database.get(kMeta, kPartitionsKey));
  if (stored) {
    if (*stored == std::to_string(partitions)) return {};
    return fail(ErrorCode::kMisconfigured,
                fmt::format("the log was made with {} partitions, not {}", *stored, partitions),
                "partitions");
  }
  const auto batch = database.batch();
  batch->put(kMeta, kPartitionsKey, std::to_string(partitions));
  return database.write(*batch, /*sync=*/true);
}

Result<Frontier> stored_end(const rocks::Database& database, std::int32_t partitions) {
  Frontier end = Frontier::start(partitions);
  for (std::int32_t partition = 0; partition < partitions; ++partition) {
    LEDGER_TRY(const auto last, database.last_key(kLog, partition_prefix(partition)));
    if (last) end.next[static_cast<std::size_t>(partition)] = offset_of(*last) + 1;
  }
  return end;
}

}  // namespace

class EmbeddedLog::Impl {
 public:
  Impl(std::unique_ptr<rocks::Database> database, Frontier end)
      : database_(std::move(database)),
        partitions_(static_cast<std::int32_t>(end.next.size())),
        end_(std::move(end)),
        write_(database_->batch()),
        committer_([this](const std::stop_token& stop) { run(stop); }) {}

  ~Impl() {
    committer_.request_stop();
    committer_.join();
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  Status append(std::vector<LogRecord> records, Completion done) {
    LEDGER_CHECK(quota_.take(records));
    {
      const std::lock_guard lock(mutex_);
      queue_.push_back({std::move(records), std::move(done)});
    }
    arrived_.notify_one();
    return {};
  }

  [[nodiscard]] std::int32_t partitions() const { return partitions_; }
  [[nodiscard]] Frontier end() const { return end_.get(); }
  [[nodiscard]] std::unique_ptr<LogCursor> cursor(const Frontier& from) const {
    Frontier next = from;
    next.next.resize(static_cast<std::size_t>(partitions_), 0);
    return std::make_unique<EmbeddedCursor>(*database_, end_, std::move(next));
  }
  Result<std::string> read(const Position& position) const {
    if (!end_.get().covers(position)) {  // what is not confirmed yet is not there
      return fail(ErrorCode::kNotFound,
                  fmt::format("the log has no event at {}", to_string(position)));
    }
    LEDGER_TRY(auto line, database_->get(kLog, key_of(position)));
    if (!line) {
      return fail(
          ErrorCode::kCorrupt,
          fmt::format("the log has no event at {} although it goes further", to_string(position)));
    }
    return *std::move(line);
  }

 private:
  struct Batch {
    std::vector<LogRecord> records;
    Completion done;
  };

  void run(const std::stop_token& stop) {
    for (;;) {
      std::vector<Batch> group;
      {
        std::unique_lock lock(mutex_);
        arrived_.wait(lock, stop, [this] { return !queue_.empty(); });
        if (queue_.empty()) return;  // stopping, and everything taken was answered
        group = take_group();
      }
      commit(group);
    }
  }

  // Whole batches only: a batch is durable as a whole or not at all.
  std::vector<Batch> take_group() {
    std::vector<Batch> group;
    std::size_t records = 0;
    std::size_t bytes = 0;
    while (!queue_.empty() && records < kGroupRecordsMax && bytes < kGroupBytesMax) {
      for (const auto& record : queue_.front().records) bytes += AppendQuota::bytes_of(record);
      records += queue_.front().records.size();
      group.push_back(std::move(queue_.front()));
      queue_.pop_front();
    }
    return group;
  }

  void commit(const std::vector<Batch>& group) {
    Frontier end = end_.get();
    std::vector<Position> positions;
    std::size_t bytes = 0;
    write_->clear();
    for (const auto& batch : group) {
      for (const auto& record : batch.records) {
        const std::int32_t partition = partition_of(record.key, partitions_);
        auto& next = end.next[static_cast<std::size_t>(partition)];
        positions.push_back({partition, next++});
        write_->put(kLog, key_of(positions.back()), record.line);
        bytes += AppendQuota::bytes_of(record);
      }
    }
    erase_doubtful(end);
    const Status written = database_->write(*write_, /*sync=*/true);
    if (written) {
      doubtful_ = {};
      end_.set(std::move(end));
    } else if (written.error().code == ErrorCode::kPossiblyPersisted) {
      for (std::size_t p = 0; p < end.next.size(); ++p) {
        doubtful_.include({static_cast<std::int32_t>(p), end.next[p] - 1});
      }
    }
    quota_.give_back(positions.size(), bytes);
    answer(group, written, positions);
  }

  // A write that the disk did not confirm may be there nevertheless, on offsets that are given to
  // others now. Those others overwrite it; where they are fewer, the rest of it goes.
  void erase_doubtful(const Frontier& end) {
    for (std::size_t p = 0; p < doubtful_.next.size(); ++p) {
      for (std::int64_t offset = end.next[p]; offset < doubtful_.next[p]; ++offset) {
        write_->erase(kLog, key_of({static_cast<std::int32_t>(p), offset}));
      }
    }
  }

  static void answer(const std::vector<Batch>& group, const Status& written,
                     const std::vector<Position>& positions) {
    std::size_t at = 0;
    for (const auto& batch : group) {
      for (std::size_t i = 0; i < batch.records.size(); ++i, ++at) {
        if (written) {
          batch.done(i, positions[at]);
        } else {
          batch.done(i, fail(written.error().code,
                             "the log cannot be written: " + written.error().message));
        }
      }
    }
  }

  std::unique_ptr<rocks::Database> database_;
  const std::int32_t partitions_;
  DurableEnd end_;
  AppendQuota quota_;
  std::mutex mutex_;  // of queue_
  std::condition_variable_any arrived_;
  std::deque<Batch> queue_;
  std::unique_ptr<rocks::Batch> write_;  // the committer's, kept for its memory
  Frontier doubtful_;                    // the committer's: up to where unconfirmed lines may lie
  std::jthread committer_;               // last: it uses all of the above
};

EmbeddedLog::EmbeddedLog(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
EmbeddedLog::~EmbeddedLog() = default;

Result<std::unique_ptr<EmbeddedLog>> EmbeddedLog::open(const Options& options) {
  if (options.partitions < 1) {
    return fail(ErrorCode::kMisconfigured, "a log has at least one partition", "partitions");
  }
  rocks::Database::Options database_options;
  database_options.directory = options.directory;
  database_options.families = {std::string(kLog), std::string(kMeta)};
  database_options.walk_prefix_bytes = kPartitionBytes;
  database_options.write_buffer_bytes = options.write_buffer_bytes;
  LEDGER_TRY(auto database, rocks::Database::open(database_options));
  LEDGER_CHECK(check_partitions(*database, options.partitions));
  LEDGER_TRY(Frontier end, stored_end(*database, options.partitions));
  auto impl = std::make_unique<Impl>(std::move(database), std::move(end));
  return std::unique_ptr<EmbeddedLog>(new EmbeddedLog(std::move(impl)));
}

Status EmbeddedLog::append(std::vector<LogRecord> batch, Completion done) {
  return impl_->append(std::move(batch), std::move(done));
}
std::int32_t EmbeddedLog::partitions() const { return impl_->partitions(); }
Result<Frontier> EmbeddedLog::end() const { return impl_->end(); }
Result<std::unique_ptr<LogCursor>> EmbeddedLog::cursor(const Frontier& from) const {
  return impl_->cursor(from);
}
Result<std::string> EmbeddedLog::read(const Position& position) const {
  return impl_->read(position);
}

}  // namespace ledger
