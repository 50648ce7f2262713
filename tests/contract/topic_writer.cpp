#include "tests/contract/topic_writer.h"

#include <array>
#include <stdexcept>

namespace ledger::testing {

namespace {

constexpr int kFlushMs = 30'000;

}  // namespace

TopicWriter::TopicWriter(const std::string& brokers, std::string topic)
    : topic_(std::move(topic)),
      producer_(kafka::create(RD_KAFKA_PRODUCER, kafka::configure({{"bootstrap.servers", brokers},
                                                                   {"linger.ms", "0"},
                                                                   {"enable.idempotence", "true"}})
                                                     .value())
                    .value()) {}

void TopicWriter::write(std::int32_t partition, const Headers& headers,
                        const std::optional<std::string>& value) {
  rd_kafka_headers_t* list = rd_kafka_headers_new(headers.size());
  for (const auto& [name, content] : headers) {
    rd_kafka_header_add(list, name.c_str(), -1, content.data(),
                        static_cast<ssize_t>(content.size()));
  }
  std::array<rd_kafka_vu_t, 5> parts{};
  parts[0].vtype = RD_KAFKA_VTYPE_TOPIC;
  parts[0].u.cstr = topic_.c_str();
  parts[1].vtype = RD_KAFKA_VTYPE_PARTITION;
  parts[1].u.i32 = partition;
  parts[2].vtype = RD_KAFKA_VTYPE_MSGFLAGS;
  parts[2].u.i = RD_KAFKA_MSG_F_COPY;
  parts[3].vtype = RD_KAFKA_VTYPE_HEADERS;
  parts[3].u.headers = list;
  std::size_t count = 4;
  if (value) {
    parts[4].vtype = RD_KAFKA_VTYPE_VALUE;
    parts[4].u.mem.ptr = const_cast<char*>(value->data());
    parts[4].u.mem.size = value->size();
    count = 5;
  }
  rd_kafka_error_t* error = rd_kafka_produceva(producer_.get(), parts.data(), count);
  if (error != nullptr) {
    const std::string reason = rd_kafka_error_string(error);
    rd_kafka_error_destroy(error);
    rd_kafka_headers_destroy(list);
    throw std::runtime_error(reason);
  }
  if (rd_kafka_flush(producer_.get(), kFlushMs) != RD_KAFKA_RESP_ERR_NO_ERROR) {
    throw std::runtime_error("the brokers did not take a record in time");
  }
}

}  // namespace ledger::testing
