#include "platform/kafka/topic_reader.h"

#include <fmt/format.h>

#include <algorithm>

#include "platform/kafka/handle.h"

namespace ledger::kafka {

namespace {

int to_ms(std::chrono::milliseconds duration) { return static_cast<int>(duration.count()); }

Result<Handle> make_consumer(const TopicReader::Options& options) {
  Settings settings{
      {"bootstrap.servers", options.brokers},
      {"group.id", "ledger.inbox"},  // demanded by the client; no group is ever joined
      {"enable.auto.commit", "false"},
      {"enable.auto.offset.store", "false"},
      {"auto.offset.reset", "error"},
      {"check.crcs", "true"},
      {"isolation.level", "read_committed"},
      {"reconnect.backoff.max.ms", "1000"},
      {"queued.max.messages.kbytes", "16384"},
  };
  settings.insert(settings.end(), options.extra.begin(), options.extra.end());
  LEDGER_TRY(auto conf, configure(settings));
  LEDGER_TRY(auto consumer, create(RD_KAFKA_CONSUMER, std::move(conf)));
  rd_kafka_poll_set_consumer(consumer.get());
  return consumer;
}

Result<std::int32_t> partitions_of(rd_kafka_t* client, const TopicReader::Options& options) {
  const Topic topic(rd_kafka_topic_new(client, options.topic.c_str(), nullptr));
  const rd_kafka_metadata_t* metadata = nullptr;
  const auto code = rd_kafka_metadata(client, 0, topic.get(), &metadata, to_ms(options.timeout));
  if (code != RD_KAFKA_RESP_ERR_NO_ERROR) {
    return tl::unexpected(to_error(code, "Kafka at " + options.brokers));
  }
  const std::unique_ptr<const rd_kafka_metadata_t, Deleter<rd_kafka_metadata_destroy>> owned(
      metadata);
  const auto& found = metadata->topics[0];
  if (found.err != RD_KAFKA_RESP_ERR_NO_ERROR || found.partition_cnt == 0) {
    return fail(ErrorCode::kNotFound,
                fmt::format("Kafka at {} has no topic {}", options.brokers, options.topic));
  }
  return found.partition_cnt;
}

struct Ends {
  std::int64_t low = 0;
  std::int64_t high = 0;
};

Result<Ends> ends_of(rd_kafka_t* client, const TopicReader::Options& options,
                     std::int32_t partition) {
  Ends ends;
  const auto code = rd_kafka_query_watermark_offsets(client, options.topic.c_str(), partition,
                                                     &ends.low, &ends.high, to_ms(options.timeout));
  if (code != RD_KAFKA_RESP_ERR_NO_ERROR) {
    return tl::unexpected(to_error(code, "asking where " + options.topic + " ends"));
  }
  return ends;
}

std::vector<std::pair<std::string, std::string>> headers_of(const rd_kafka_message_t& message) {
  std::vector<std::pair<std::string, std::string>> headers;
  rd_kafka_headers_t* raw = nullptr;
  if (rd_kafka_message_headers(&message, &raw) != RD_KAFKA_RESP_ERR_NO_ERROR) return headers;
  const char* name = nullptr;
  const void* value = nullptr;
  std::size_t size = 0;
  for (std::size_t i = 0;
       rd_kafka_header_get_all(raw, i, &name, &value, &size) == RD_KAFKA_RESP_ERR_NO_ERROR; ++i) {
    headers.emplace_back(name, value == nullptr
                                   ? std::string()
                                   : std::string(static_cast<const char*>(value), size));
  }
  return headers;
}

}  // namespace

class TopicReader::Impl {
 public:
  Impl(Options options, Handle consumer)
      : options_(std::move(options)), consumer_(std::move(consumer)) {}
  ~Impl() { rd_kafka_consumer_close(consumer_.get()); }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  Status start(const std::vector<std::int64_t>& next) {
    LEDGER_TRY(const std::int32_t count, partitions_of(consumer_.get(), options_));
    const Partitions list(rd_kafka_topic_partition_list_new(count));
    for (std::int32_t partition = 0; partition < count; ++partition) {
      LEDGER_TRY(const Ends ends, ends_of(consumer_.get(), options_, partition));
      const auto index = static_cast<std::size_t>(partition);
      // An end before where we stand is that of a topic that was made anew.
      const bool known = index < next.size() && next[index] <= ends.high;
      const std::int64_t wanted = known ? next[index] : ends.low;
      lost_ += std::max<std::int64_t>(ends.low - wanted, 0);
      opened_at_.push_back(std::max(wanted, ends.low));
      rd_kafka_topic_partition_list_add(list.get(), options_.topic.c_str(), partition)->offset =
          opened_at_.back();
    }
    const auto code = rd_kafka_assign(consumer_.get(), list.get());
    if (code == RD_KAFKA_RESP_ERR_NO_ERROR) return {};
    return tl::unexpected(to_error(code, "reading " + options_.topic));
  }

  Result<std::vector<Record>> poll(std::size_t max_records, std::size_t max_bytes,
                                   std::chrono::milliseconds max_wait) {
    std::vector<Record> records;
    std::size_t bytes = 0;
    while (records.size() < max_records && bytes < max_bytes) {
      const Message message(
          rd_kafka_consumer_poll(consumer_.get(), records.empty() ? to_ms(max_wait) : 0));
      if (!message) break;
      if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR) {
        LEDGER_CHECK(heed(*message));
        if (records.empty()) break;  // the wait is over; the caller may want to stop
        continue;
      }
      bytes += message->len;
      records.push_back(record_of(*message));
    }
    return records;
  }

  [[nodiscard]] Result<std::int32_t> count_partitions() const {
    return partitions_of(consumer_.get(), options_);
  }
  [[nodiscard]] std::vector<std::int64_t> known_ends() const {
    std::vector<std::int64_t> ends;
    for (std::size_t i = 0; i < opened_at_.size(); ++i) {
      std::int64_t low = 0;
      std::int64_t high = 0;
      const auto code = rd_kafka_get_watermark_offsets(consumer_.get(), options_.topic.c_str(),
                                                       static_cast<std::int32_t>(i), &low, &high);
      ends.push_back(code == RD_KAFKA_RESP_ERR_NO_ERROR && high >= 0 ? high : -1);
    }
    return ends;
  }
  [[nodiscard]] const std::vector<std::int64_t>& opened_at() const { return opened_at_; }
  [[nodiscard]] std::int64_t lost() const { return lost_; }

 private:
  static Record record_of(const rd_kafka_message_t& message) {
    Record record{message.partition, message.offset, headers_of(message), std::nullopt};
    if (message.payload != nullptr) {
      record.value.emplace(static_cast<const char*>(message.payload), message.len);
    }
    return record;
  }

  // Brokers come and go; librdkafka goes on by itself and skips nothing.
  Status heed(const rd_kafka_message_t& message) const {
    switch (message.err) {
      case RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET:
      case RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE:
      case RD_KAFKA_RESP_ERR__BAD_MSG:
        return fail(ErrorCode::kCorrupt,
                    fmt::format("partition {} of {}: {}", message.partition, options_.topic,
                                rd_kafka_message_errstr(&message)));
      default: {
        Error error = to_error(message.err, "reading " + options_.topic);
        if (error.code == ErrorCode::kUnavailable) return {};
        return tl::unexpected(std::move(error));
      }
    }
  }

  Options options_;
  Handle consumer_;
  std::vector<std::int64_t> opened_at_;
  std::int64_t lost_ = 0;
};

TopicReader::TopicReader(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
TopicReader::~TopicReader() = default;

Result<std::unique_ptr<TopicReader>> TopicReader::open(Options options,
                                                       const std::vector<std::int64_t>& next) {
  LEDGER_TRY(auto consumer, make_consumer(options));
  auto impl = std::make_unique<Impl>(std::move(options), std::move(consumer));
  LEDGER_CHECK(impl->start(next));
  return std::unique_ptr<TopicReader>(new TopicReader(std::move(impl)));
}

Result<std::vector<Record>> TopicReader::poll(std::size_t max_records, std::size_t max_bytes,
                                              std::chrono::milliseconds max_wait) {
  return impl_->poll(max_records, max_bytes, max_wait);
}
const std::vector<std::int64_t>& TopicReader::opened_at() const { return impl_->opened_at(); }
std::int64_t TopicReader::lost() const { return impl_->lost(); }
Result<std::int32_t> TopicReader::count_partitions() const { return impl_->count_partitions(); }
std::vector<std::int64_t> TopicReader::known_ends() const { return impl_->known_ends(); }

}  // namespace ledger::kafka
