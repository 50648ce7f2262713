#include "events/log/kafka_log.h"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <thread>
#include <utility>

#include "events/log/kafka_producer.h"
#include "platform/kafka/handle.h"

namespace ledger {

namespace {

using std::chrono::milliseconds;

int to_ms(milliseconds duration) { return static_cast<int>(duration.count()); }

Result<kafka::Handle> make_consumer(const KafkaLog::Options& options) {
  kafka::Settings settings{
      {"bootstrap.servers", options.brokers},
      {"group.id", "ledger"},  // demanded by the client; no group is ever joined
      {"enable.auto.commit", "false"},
      {"enable.auto.offset.store", "false"},
      {"auto.offset.reset", "error"},
      {"check.crcs", "true"},
      {"fetch.wait.max.ms", "20"},
      {"fetch.error.backoff.ms", "50"},
      {"fetch.message.max.bytes", "4194304"},
      {"queued.min.messages", "200000"},
      {"queued.max.messages.kbytes", "65536"},
      {"reconnect.backoff.max.ms", "1000"},
  };
  settings.insert(settings.end(), options.extra.begin(), options.extra.end());
  LEDGER_TRY(auto conf, kafka::configure(settings));
  LEDGER_TRY(auto consumer, kafka::create(RD_KAFKA_CONSUMER, std::move(conf)));
  rd_kafka_poll_set_consumer(consumer.get());
  return consumer;
}

Status assign(rd_kafka_t* consumer, const std::string& topic, const Frontier& from) {
  const kafka::Partitions list(
      rd_kafka_topic_partition_list_new(static_cast<int>(from.next.size())));
  for (std::size_t i = 0; i < from.next.size(); ++i) {
    rd_kafka_topic_partition_list_add(list.get(), topic.c_str(), static_cast<std::int32_t>(i))
        ->offset = from.next[i];
  }
  const auto code = rd_kafka_assign(consumer, list.get());
  if (code == RD_KAFKA_RESP_ERR_NO_ERROR) return {};
  return tl::unexpected(kafka::to_error(code, "reading the log"));
}

// What an error message of the consumer means for a reader of history.
Error read_error(const rd_kafka_message_t& message) {
  switch (message.err) {
    case RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET:
    case RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE:
      return {
          ErrorCode::kCorrupt,
          fmt::format("partition {} of the log does not reach back to where it is read from: {}",
                      message.partition, rd_kafka_message_errstr(&message))};
    case RD_KAFKA_RESP_ERR__BAD_MSG:
      return {ErrorCode::kCorrupt,
              fmt::format("partition {} of the log has a wrong checksum", message.partition)};
    default:
      return kafka::to_error(message.err, "reading the log");
  }
}

class KafkaCursor final : public LogCursor {
 public:
  KafkaCursor(kafka::Handle consumer, Frontier next)
      : consumer_(std::move(consumer)),
        queue_(rd_kafka_queue_get_consumer(consumer_.get())),
        next_(std::move(next)) {}
  ~KafkaCursor() override {
    held_.clear();
    queue_.reset();
    rd_kafka_consumer_close(consumer_.get());
  }
  KafkaCursor(const KafkaCursor&) = delete;
  KafkaCursor& operator=(const KafkaCursor&) = delete;

  Result<std::vector<StoredLine>> poll(std::size_t max_records, std::size_t max_bytes,
                                       milliseconds max_wait) override {
    held_.clear();
    std::vector<StoredLine> lines;
    std::size_t bytes = 0;
    std::vector<rd_kafka_message_t*> batch(std::min<std::size_t>(max_records, kBatch));
    while (lines.size() < max_records && bytes < max_bytes) {
      const std::size_t wanted = std::min(batch.size(), max_records - lines.size());
      const auto got = rd_kafka_consume_batch_queue(
          queue_.get(), lines.empty() ? to_ms(max_wait) : 0, batch.data(), wanted);
      if (got <= 0) break;
      for (std::size_t i = 0; i < static_cast<std::size_t>(got); ++i) {
        held_.emplace_back(batch[i]);
      }
      for (std::size_t i = held_.size() - static_cast<std::size_t>(got); i < held_.size(); ++i) {
        LEDGER_CHECK(take(*held_[i], lines, bytes));
      }
    }
    return lines;
  }

 private:
  static constexpr std::size_t kBatch = 1000;

  Status take(const rd_kafka_message_t& message, std::vector<StoredLine>& lines,
              std::size_t& bytes) {
    if (message.err == RD_KAFKA_RESP_ERR__PARTITION_EOF) return {};
    if (message.err != RD_KAFKA_RESP_ERR_NO_ERROR) {
      Error error = read_error(message);
      // Brokers come and go; librdkafka goes on by itself and skips nothing.
      if (error.code == ErrorCode::kUnavailable) return {};
      return tl::unexpected(std::move(error));
    }
    const Position position{message.partition, message.offset};
    auto& next = next_.next[static_cast<std::size_t>(position.partition)];
    if (position.offset != next) {
      return fail(ErrorCode::kCorrupt, fmt::format("partition {} of the log goes on at {} where {} "
                                                   "was expected",
                                                   position.partition, position.offset, next));
    }
    ++next;
    lines.push_back({position, {static_cast<const char*>(message.payload), message.len}});
    bytes += message.len;
    return {};
  }

  kafka::Handle consumer_;
  kafka::Queue queue_;
  Frontier next_;
  std::vector<kafka::Message> held_;  // what the last poll's views point into
};

Result<std::int32_t> count_partitions(rd_kafka_t* client, const KafkaLog::Options& options) {
  const kafka::Topic topic(rd_kafka_topic_new(client, options.topic.c_str(), nullptr));
  const rd_kafka_metadata_t* metadata = nullptr;
  const auto code =
      rd_kafka_metadata(client, 0, topic.get(), &metadata, to_ms(options.append_timeout));
  if (code != RD_KAFKA_RESP_ERR_NO_ERROR) {
    return tl::unexpected(kafka::to_error(code, "Kafka at " + options.brokers));
  }
  const std::unique_ptr<const rd_kafka_metadata_t, kafka::Deleter<rd_kafka_metadata_destroy>> owned(
      metadata);
  const auto& found = metadata->topics[0];
  if (found.err != RD_KAFKA_RESP_ERR_NO_ERROR || found.partition_cnt == 0) {
    return fail(ErrorCode::kNotFound,
                fmt::format("Kafka at {} has no topic {}; make it by: ledgerctl topics create "
                            "--brokers {} --topic {}",
                            options.brokers, options.topic, options.brokers, options.topic));
  }
  return found.partition_cnt;
}

}  // namespace

class KafkaLog::Impl {
 public:
  Impl(Options options, std::int32_t partitions, std::unique_ptr<KafkaProducer> producer,
       kafka::Handle reader)
      : options_(std::move(options)),
        partitions_(partitions),
        producer_(std::move(producer)),
        reader_(std::move(reader)) {}
  ~Impl() { rd_kafka_consumer_close(reader_.get()); }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  Status append(std::vector<LogRecord> batch, Completion done) {
    return producer_->append(std::move(batch), std::move(done));
  }
  [[nodiscard]] std::int32_t partitions() const { return partitions_; }

  // Of all partitions at once. A partition without a leader, as while a broker is replaced or right
  // after the topic was made, is asked again until the deadline.
  Result<Frontier> end() const {
    const auto deadline = std::chrono::steady_clock::now() + options_.end_timeout;
    for (;;) {
      const auto left =
          std::chrono::ceil<milliseconds>(deadline - std::chrono::steady_clock::now());
      Frontier end = Frontier::start(partitions_);
      const auto code = ask_end(end, std::max(to_ms(left), 1));
      if (code == RD_KAFKA_RESP_ERR_NO_ERROR) return end;
      if (std::chrono::steady_clock::now() + kPause > deadline) {
        return tl::unexpected(kafka::to_error(code, fmt::format("asking Kafka at {} where {} ends",
                                                                options_.brokers, options_.topic)));
      }
      std::this_thread::sleep_for(kPause);
    }
  }

  Result<std::unique_ptr<LogCursor>> cursor(const Frontier& from) const {
    Frontier next = from;
    next.next.resize(static_cast<std::size_t>(partitions_), 0);
    LEDGER_TRY(auto consumer, make_consumer(options_));
    LEDGER_CHECK(assign(consumer.get(), options_.topic, next));
    return std::make_unique<KafkaCursor>(std::move(consumer), std::move(next));
  }

  // Neighbours come in one fetch, so the one after the last is usually here already.
  Result<std::string> read(const Position& position) const {
    const std::lock_guard lock(mutex_);
    if (!known_end_.covers(position)) {
      LEDGER_TRY(known_end_, end());
    }
    if (!known_end_.covers(position)) {
      return fail(ErrorCode::kNotFound,
                  fmt::format("the log has no event at {}", to_string(position)));
    }
    if (!(assigned_ == position)) {
      const kafka::Partitions list(rd_kafka_topic_partition_list_new(1));
      rd_kafka_topic_partition_list_add(list.get(), options_.topic.c_str(), position.partition)
          ->offset = position.offset;
      rd_kafka_assign(reader_.get(), list.get());
    }
    assigned_ = {-1, -1};
    const auto deadline = std::chrono::steady_clock::now() + options_.append_timeout;
    while (std::chrono::steady_clock::now() < deadline) {
      const kafka::Message message(rd_kafka_consumer_poll(reader_.get(), 100));
      if (!message || message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF) continue;
      if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR) {
        Error error = read_error(*message);
        if (error.code == ErrorCode::kUnavailable) continue;
        return tl::unexpected(std::move(error));
      }
      if (message->partition != position.partition || message->offset != position.offset) continue;
      assigned_ = {position.partition, position.offset + 1};
      return std::string(static_cast<const char*>(message->payload), message->len);
    }
    return fail(ErrorCode::kUnavailable, "Kafka did not give the event in time");
  }

 private:
  // Not by rd_kafka_query_watermark_offsets(): that one waits for an answer beyond its timeout.
  rd_kafka_resp_err_t ask_end(Frontier& end, int timeout_ms) const {
    const kafka::Partitions list(rd_kafka_topic_partition_list_new(partitions_));
    for (std::int32_t partition = 0; partition < partitions_; ++partition) {
      rd_kafka_topic_partition_list_add(list.get(), options_.topic.c_str(), partition)->offset =
          RD_KAFKA_OFFSET_END;
    }
    const auto code = rd_kafka_offsets_for_times(reader_.get(), list.get(), timeout_ms);
    if (code != RD_KAFKA_RESP_ERR_NO_ERROR) return code;
    for (int i = 0; i < list->cnt; ++i) {
      const auto& one = list->elems[i];
      if (one.err != RD_KAFKA_RESP_ERR_NO_ERROR) return one.err;
      if (one.offset < 0) return RD_KAFKA_RESP_ERR__TIMED_OUT;  // nobody answered for it
      end.next[static_cast<std::size_t>(one.partition)] = one.offset;
    }
    return code;
  }

  static constexpr auto kPause = milliseconds(50);
  Options options_;
  std::int32_t partitions_;
  std::unique_ptr<KafkaProducer> producer_;
  kafka::Handle reader_;
  mutable std::mutex mutex_;
  mutable Frontier known_end_;
  mutable Position assigned_{-1, -1};  // what the reader would give next
};

KafkaLog::KafkaLog(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
KafkaLog::~KafkaLog() = default;

Result<std::unique_ptr<KafkaLog>> KafkaLog::open(Options options) {
  LEDGER_TRY(auto reader, make_consumer(options));
  LEDGER_TRY(const std::int32_t partitions, count_partitions(reader.get(), options));
  LEDGER_TRY(auto producer, KafkaProducer::open(options, partitions));
  return std::unique_ptr<KafkaLog>(new KafkaLog(std::make_unique<Impl>(
      std::move(options), partitions, std::move(producer), std::move(reader))));
}

Status KafkaLog::append(std::vector<LogRecord> batch, Completion done) {
  return impl_->append(std::move(batch), std::move(done));
}
std::int32_t KafkaLog::partitions() const { return impl_->partitions(); }
Result<Frontier> KafkaLog::end() const { return impl_->end(); }
Result<std::unique_ptr<LogCursor>> KafkaLog::cursor(const Frontier& from) const {
  return impl_->cursor(from);
}
Result<std::string> KafkaLog::read(const Position& position) const { return impl_->read(position); }

}  // namespace ledger
