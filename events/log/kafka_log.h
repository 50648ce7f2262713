#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "events/log/log_reader.h"
#include "events/log/log_writer.h"

namespace ledger {

// The log on Apache Kafka. Producer: acks=all, idempotent, zstd, murmur2 partitioner's partition
// chosen by us; the delivery report is the only truth. Consumer: assign, check.crcs,
// auto.offset.reset=error, no commits. No transactions, no compaction.
//
// A fatal producer error (librdkafka 2.0.2 after a possibly persisted message) replaces the
// producer; what was in flight is answered kPossiblyPersisted.
// Threads: one poller for delivery reports, besides librdkafka's own.
class KafkaLog final : public LogWriter, public LogReader {
 public:
  struct Options {
    std::string brokers;
    std::string topic = "ledger.events";
    std::chrono::milliseconds append_timeout;  // after it the record is answered with an error
    std::chrono::milliseconds linger{2};
    std::chrono::milliseconds end_timeout{
        3000};  // of asking where the log ends, over all partitions
    std::vector<std::pair<std::string, std::string>> extra = {};  // librdkafka settings (TLS, SASL)
  };
  // kUnavailable if no broker answers within `append_timeout`; kNotFound without the topic.
  [[nodiscard]] static Result<std::unique_ptr<KafkaLog>> open(Options options);
  ~KafkaLog() override;

  [[nodiscard]] Status append(std::vector<LogRecord> batch, Completion done) override;
  [[nodiscard]] std::int32_t partitions() const override;
  [[nodiscard]] Result<Frontier> end() const override;
  [[nodiscard]] Result<std::unique_ptr<LogCursor>> cursor(const Frontier& from) const override;
  [[nodiscard]] Result<std::string> read(const Position& position) const override;

 private:
  class Impl;
  explicit KafkaLog(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// Topics of the ledger, through the admin API.
struct TopicSettings {
  std::string topic = "ledger.events";
  std::int32_t partitions = 6;
  int replication_factor = 1;  // >= 3 also sets min.insync.replicas=2
};
// Creates it with cleanup.policy=delete, retention.ms=-1, retention.bytes=-1 and room for the
// largest line (max.message.bytes), and returns when every partition has a leader. kConflict if
// present.
[[nodiscard]] Status create_topic(const KafkaLog::Options& options, const TopicSettings& settings);
// kMisconfigured, naming every setting that could lose history: retention, compaction,
// min.insync.replicas < 2 with three or more replicas, max.message.bytes under 1 MiB (Kafka's own
// default is a little more), by which a delivery would not reach the quarantine. kNotFound without
// the topic.
[[nodiscard]] Status check_topic(const KafkaLog::Options& options);
// One line per setting that matters: name, value, verdict. For `ledgerctl topics`.
[[nodiscard]] Result<std::vector<std::string>> describe_topic(const KafkaLog::Options& options);

}  // namespace ledger
