#include "events/log/kafka_producer.h"

#include <fmt/format.h>

#include <utility>

#include "platform/limits.h"

namespace ledger {

namespace {

constexpr int kPollMs = 20;
// The largest line that we append is one of the quarantine, under 1 MiB; the record around it has
// its key and headers. librdkafka's own default is 1,000,000.
constexpr std::size_t kMessageBytesMax = 2 * 1024 * 1024;

// What no retry cures: the client's limit, or the broker's (max.message.bytes of the topic).
Error too_large(std::size_t bytes) {
  return {ErrorCode::kTooLarge,
          fmt::format("Kafka does not take a line of {} bytes: see the topic's max.message.bytes",
                      bytes)};
}

// What a report says about one record, as the port's outcomes.
Result<Position> outcome_of(const rd_kafka_message_t& message) {
  if (message.err == RD_KAFKA_RESP_ERR_NO_ERROR && message.offset >= 0) {
    return Position{message.partition, message.offset};
  }
  const auto persisted = rd_kafka_message_status(&message);
  if (persisted == RD_KAFKA_MSG_STATUS_NOT_PERSISTED &&
      message.err == RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE) {
    return tl::unexpected(too_large(message.len));
  }
  if (persisted == RD_KAFKA_MSG_STATUS_NOT_PERSISTED) {
    return fail(ErrorCode::kUnavailable,
                fmt::format("Kafka did not take the event: {}", rd_kafka_err2str(message.err)));
  }
  // Also a duplicate sequence, which is persisted but tells no offset: the index will know it.
  return fail(
      ErrorCode::kPossiblyPersisted,
      fmt::format("Kafka did not say whether it kept the event ({}); send it again with the "
                  "same id",
                  rd_kafka_err2str(message.err)));
}

}  // namespace

struct KafkaProducer::Batch {
  LogWriter::Completion done;
};
struct KafkaProducer::Ticket {
  std::shared_ptr<Batch> batch;
  std::size_t index;
};

Result<std::unique_ptr<KafkaProducer>> KafkaProducer::open(KafkaLog::Options options,
                                                           std::int32_t partitions) {
  std::unique_ptr<KafkaProducer> producer(new KafkaProducer(std::move(options), partitions));
  LEDGER_TRY(producer->client_, producer->make_client());
  producer->poller_ =
      std::jthread([self = producer.get()](const std::stop_token& stop) { self->run(stop); });
  return producer;
}

KafkaProducer::~KafkaProducer() {
  if (poller_.joinable()) {
    poller_.request_stop();
    poller_.join();
  }
  if (!client_) return;
  rd_kafka_flush(client_.get(), static_cast<int>(options_.append_timeout.count()));
  rd_kafka_purge(client_.get(), RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
  rd_kafka_flush(client_.get(), 1000);
}

Result<kafka::Handle> KafkaProducer::make_client() {
  kafka::Settings settings{
      {"bootstrap.servers", options_.brokers},
      {"enable.idempotence", "true"},
      {"acks", "all"},
      {"compression.codec", "zstd"},
      {"linger.ms", std::to_string(options_.linger.count())},
      {"message.timeout.ms", std::to_string(options_.append_timeout.count())},
      {"message.max.bytes", std::to_string(kMessageBytesMax)},
      {"queue.buffering.max.messages", std::to_string(2 * limits::kAppendQueueMax)},
      {"reconnect.backoff.max.ms", "1000"},
  };
  settings.insert(settings.end(), options_.extra.begin(), options_.extra.end());
  LEDGER_TRY(auto conf, kafka::configure(settings));
  rd_kafka_conf_set_dr_msg_cb(conf.get(), &KafkaProducer::on_report);
  return kafka::create(RD_KAFKA_PRODUCER, std::move(conf));
}

Status KafkaProducer::append(std::vector<LogRecord> records, LogWriter::Completion done) {
  auto batch = std::make_shared<Batch>(Batch{std::move(done)});
  const std::lock_guard lock(mutex_);
  if (!client_) return fail(ErrorCode::kUnavailable, "Kafka's client is being replaced; try again");
  const auto waiting = static_cast<std::size_t>(rd_kafka_outq_len(client_.get()));
  if (waiting + records.size() > limits::kAppendQueueMax) {
    return fail(ErrorCode::kUnavailable, "too many events are waiting for Kafka; try again");
  }
  for (std::size_t i = 0; i < records.size(); ++i) {
    const auto& record = records[i];
    auto ticket = std::make_unique<Ticket>(Ticket{batch, i});
    const auto code = rd_kafka_producev(
        client_.get(), RD_KAFKA_V_TOPIC(options_.topic.c_str()),
        RD_KAFKA_V_PARTITION(partition_of(record.key, partitions_)),
        RD_KAFKA_V_KEY(record.key.data(), record.key.size()),
        RD_KAFKA_V_VALUE(const_cast<char*>(record.line.data()), record.line.size()),
        RD_KAFKA_V_HEADER("content-type", "application/cloudevents+json", -1),
        RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_OPAQUE(ticket.get()), RD_KAFKA_V_END);
    if (code == RD_KAFKA_RESP_ERR_NO_ERROR) {
      (void)ticket.release();  // on_report takes it back
    } else if (code == RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE) {
      batch->done(i, tl::unexpected(too_large(record.line.size())));
    } else if (i == 0) {
      return tl::unexpected(
          Error{ErrorCode::kUnavailable, fmt::format("Kafka's queue: {}", rd_kafka_err2str(code))});
    } else {
      batch->done(i, tl::unexpected(Error{ErrorCode::kUnavailable, rd_kafka_err2str(code)}));
    }
  }
  return {};
}

void KafkaProducer::on_report(rd_kafka_t*, const rd_kafka_message_t* message, void*) {
  const std::unique_ptr<Ticket> ticket(static_cast<Ticket*>(message->_private));
  ticket->batch->done(ticket->index, outcome_of(*message));
}

void KafkaProducer::run(const std::stop_token& stop) {
  std::array<char, 256> reason{};
  while (!stop.stop_requested()) {
    rd_kafka_poll(client_.get(), kPollMs);
    if (rd_kafka_fatal_error(client_.get(), reason.data(), reason.size()) !=
        RD_KAFKA_RESP_ERR_NO_ERROR) {
      replace_after_fatal();
    }
  }
}

// An idempotent producer that lost its sequence never recovers (librdkafka 2.0.2): what it holds is
// answered, and a new one with a new producer id goes on. The door dedupes what is sent again.
void KafkaProducer::replace_after_fatal() {
  kafka::Handle broken;
  {
    const std::lock_guard lock(mutex_);
    broken = std::move(client_);
  }
  rd_kafka_purge(broken.get(), RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
  rd_kafka_flush(broken.get(), 1000);
  broken.reset();
  auto fresh = make_client();
  while (!fresh) fresh = make_client();  // the settings were good once; only memory can fail
  const std::lock_guard lock(mutex_);
  client_ = *std::move(fresh);
}

}  // namespace ledger
