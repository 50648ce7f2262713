#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "platform/result.h"

namespace ledger::kafka {

// A record as it lies in a topic of somebody else's.
struct Record {
  std::int32_t partition = 0;
  std::int64_t offset = 0;
  std::vector<std::pair<std::string, std::string>> headers;  // in their order
  std::optional<std::string> value;                          // absent: a tombstone
};

// Reads a topic that others write to, with settings of their own: offsets may have holes
// (retention, compaction, transactions), and old records may be gone. Partitions are assigned, no
// group is joined, and nothing is committed to Kafka: the caller keeps where it stands. One thread.
class TopicReader {
 public:
  struct Options {
    std::string brokers;
    std::string topic;
    std::chrono::milliseconds timeout{10'000};
    std::vector<std::pair<std::string, std::string>> extra = {};  // librdkafka settings
  };
  // From the offsets of `next`, by partition; what it does not name is read from its beginning, and
  // so is what the topic does not hold (any more). kUnavailable if no broker answers, kNotFound
  // without the topic.
  [[nodiscard]] static Result<std::unique_ptr<TopicReader>> open(
      Options options, const std::vector<std::int64_t>& next);
  ~TopicReader();

  // Records in the order of their partition, at least one unless `max_wait` passed. kCorrupt: where
  // it stands is not there any more, or a checksum is wrong; open a new reader to go on.
  [[nodiscard]] Result<std::vector<Record>> poll(std::size_t max_records, std::size_t max_bytes,
                                                 std::chrono::milliseconds max_wait);
  // Offsets from which the partitions are read, as open() found them.
  [[nodiscard]] const std::vector<std::int64_t>& opened_at() const;
  // Records that were gone before they could be read, as far as open() can tell.
  [[nodiscard]] std::int64_t lost() const;
  // How many partitions the topic has by now. Asks the brokers.
  [[nodiscard]] Result<std::int32_t> count_partitions() const;
  // Where the partitions ended when something of them was fetched last; -1: nothing yet.
  [[nodiscard]] std::vector<std::int64_t> known_ends() const;

 private:
  class Impl;
  explicit TopicReader(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace ledger::kafka
