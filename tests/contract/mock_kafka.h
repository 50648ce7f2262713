#pragma once

#include <memory>
#include <string>
#include <vector>

#include "platform/kafka/handle.h"

struct rd_kafka_mock_cluster_s;

namespace ledger::testing {

// librdkafka's in-process Kafka, with errors on demand. Speaks the real protocol on loopback.
class MockKafka {
 public:
  explicit MockKafka(int brokers);
  ~MockKafka();
  MockKafka(const MockKafka&) = delete;
  MockKafka& operator=(const MockKafka&) = delete;

  [[nodiscard]] std::string brokers() const;
  void create_topic(const std::string& topic, int partitions);
  // The next Produce requests fail with these, one each.
  void fail_produce(const std::vector<rd_kafka_resp_err_t>& errors);
  void set_up(bool up);  // all brokers

 private:
  int count_;
  kafka::Handle host_;
  rd_kafka_mock_cluster_s* cluster_;
};

}  // namespace ledger::testing
