#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <thread>

#include "events/log/kafka_log.h"
#include "platform/kafka/handle.h"

namespace ledger {

// The writing half of KafkaLog. librdkafka's delivery report is the only truth about a record;
// every accepted record has exactly one, also when the producer is replaced or torn down.
//
// Threads: append() from any; one poller serves the reports.
class KafkaProducer {
 public:
  [[nodiscard]] static Result<std::unique_ptr<KafkaProducer>> open(KafkaLog::Options options,
                                                                   std::int32_t partitions);
  // Waits up to the append timeout for what is on its way, then answers the rest
  // kPossiblyPersisted.
  ~KafkaProducer();

  [[nodiscard]] Status append(std::vector<LogRecord> batch, LogWriter::Completion done);

 private:
  struct Batch;
  struct Ticket;
  KafkaProducer(KafkaLog::Options options, std::int32_t partitions)
      : options_(std::move(options)), partitions_(partitions) {}
  [[nodiscard]] Result<kafka::Handle> make_client();
  void run(const std::stop_token& stop);
  void replace_after_fatal();
  static void on_report(rd_kafka_t* client, const rd_kafka_message_t* message, void* opaque);

  KafkaLog::Options options_;
  std::int32_t partitions_;
  std::mutex mutex_;  // guards client_ against replacement, and makes acceptance all or nothing
  kafka::Handle client_;
  std::jthread poller_;
};

}  // namespace ledger
