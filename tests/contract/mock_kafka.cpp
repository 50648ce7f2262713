#include "tests/contract/mock_kafka.h"

#include <librdkafka/rdkafka_mock.h>

namespace ledger::testing {

MockKafka::MockKafka(int brokers)
    : count_(brokers),
      host_(
          kafka::create(RD_KAFKA_PRODUCER, kafka::configure({{"log_level", "0"}}).value()).value()),
      cluster_(rd_kafka_mock_cluster_new(host_.get(), brokers)) {}

MockKafka::~MockKafka() { rd_kafka_mock_cluster_destroy(cluster_); }

std::string MockKafka::brokers() const { return rd_kafka_mock_cluster_bootstraps(cluster_); }

void MockKafka::create_topic(const std::string& topic, int partitions) {
  rd_kafka_mock_topic_create(cluster_, topic.c_str(), partitions, count_);
}

void MockKafka::fail_produce(const std::vector<rd_kafka_resp_err_t>& errors) {
  constexpr std::int16_t kProduce = 0;
  rd_kafka_mock_push_request_errors_array(cluster_, kProduce, errors.size(), errors.data());
}

void MockKafka::set_up(bool up) {
  for (int broker = 1; broker <= count_; ++broker) {
    if (up) {
      rd_kafka_mock_broker_set_up(cluster_, broker);
    } else {
      rd_kafka_mock_broker_set_down(cluster_, broker);
    }
  }
}

}  // namespace ledger::testing
