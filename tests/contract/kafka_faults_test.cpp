// Goal: a broker that errs or goes away never leads to a false acknowledgement, and the log goes on
// by itself. Method: librdkafka's mock cluster with errors pushed into its answers.
#include <fmt/format.h>

#include "events/log/kafka_log.h"
#include "platform/limits.h"
#include "producers/quarantine/quarantine.h"
#include "tests/contract/log_under_test.h"
#include "tests/contract/mock_kafka.h"
#include "tests/support/catch.h"

using namespace ledger;
using ledger::testing::append_and_wait;
using ledger::testing::MockKafka;
using ledger::testing::read_lines;

namespace {

KafkaLog::Options options_of(const MockKafka& cluster, std::chrono::milliseconds timeout) {
  KafkaLog::Options options;
  options.brokers = cluster.brokers();
  options.topic = "ledger.events";
  options.append_timeout = timeout;
  return options;
}

std::vector<LogRecord> one(const std::string& line) { return {{"a", line}}; }

}  // namespace

TEST_CASE("kafka: errors that time cures are ridden out, in order and without doubles",
          "[contract][kafka]") {
  MockKafka cluster(3);
  cluster.create_topic("ledger.events", 1);
  const auto log = KafkaLog::open(options_of(cluster, std::chrono::seconds(20))).value();
  cluster.fail_produce({RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION,
                        RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT,
                        RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS});
  std::vector<LogRecord> batch;
  for (int i = 0; i < 200; ++i) batch.push_back({"a", fmt::format("{}", i)});
  for (const auto& outcome : append_and_wait(*log, batch)) REQUIRE(outcome);
  const auto lines = read_lines(*log, Frontier::start(1), 200);
  REQUIRE(lines.size() == 200);
  for (int i = 0; i < 200; ++i)
    REQUIRE(lines[static_cast<std::size_t>(i)].line == fmt::format("{}", i));
}

TEST_CASE("kafka: brokers that are away are named within seconds when the end is asked for",
          "[contract][kafka]") {
  MockKafka cluster(1);
  cluster.create_topic("ledger.events", 6);
  auto options = options_of(cluster, std::chrono::seconds(20));
  options.end_timeout = std::chrono::milliseconds(1500);
  const auto log = KafkaLog::open(options).value();
  REQUIRE(log->end());
  cluster.set_up(false);
  const auto began = std::chrono::steady_clock::now();
  const auto end = log->end();
  CHECK(std::chrono::steady_clock::now() - began < std::chrono::seconds(6));
  REQUIRE_FALSE(end);
  CHECK(end.error().retriable());
  CHECK(end.error().message.find(cluster.brokers()) != std::string::npos);
  cluster.set_up(true);
  auto again = log->end();
  for (int i = 0; i < 10 && !again; ++i) again = log->end();
  CHECK(again);
}

TEST_CASE("kafka: an error that time does not cure is told, and nothing was written",
          "[contract][kafka]") {
  MockKafka cluster(1);
  cluster.create_topic("ledger.events", 1);
  const auto log = KafkaLog::open(options_of(cluster, std::chrono::seconds(5))).value();
  cluster.fail_produce({RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED});
  const auto refused = append_and_wait(*log, one("{\"n\":1}")).front();
  REQUIRE_FALSE(refused);
  CHECK(refused.error().retriable());
  CHECK(log->end().value().total() == 0);
}

TEST_CASE("kafka: a line that Kafka finds too large is no outage, and its neighbours go in",
          "[contract][kafka]") {
  MockKafka cluster(1);
  cluster.create_topic("ledger.events", 1);
  const auto log = KafkaLog::open(options_of(cluster, std::chrono::seconds(5))).value();
  SECTION("the broker says so") {
    cluster.fail_produce({RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE});
    const auto refused = append_and_wait(*log, one("{\"n\":1}")).front();
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::kTooLarge);
    CHECK_FALSE(refused.error().retriable());
    CHECK(log->end().value().total() == 0);
  }
  SECTION("the client says so, before it is sent") {
    const std::string huge(limits::kHttpBodyBytesMax * 3, 'x');
    const auto outcomes = append_and_wait(*log, {{"a", huge}, {"a", "{\"n\":1}"}, {"a", huge}});
    REQUIRE_FALSE(outcomes[0]);
    CHECK(outcomes[0].error().code == ErrorCode::kTooLarge);
    CHECK(outcomes[1]);
    REQUIRE_FALSE(outcomes[2]);
    CHECK(outcomes[2].error().code == ErrorCode::kTooLarge);
    CHECK(log->end().value().total() == 1);
  }
}

TEST_CASE("kafka: the largest line that the ledger may append goes in and comes back",
          "[contract][kafka]") {
  MockKafka cluster(1);
  cluster.create_topic("ledger.quarantine", 1);
  auto options = options_of(cluster, std::chrono::seconds(20));
  options.topic = "ledger.quarantine";
  const auto log = KafkaLog::open(options).value();
  // As long as the quarantine lets a line become.
  std::string line = "{\"body\":\"";
  line += std::string(Quarantine::kLineBytesMax - line.size() - 2, 'x') + "\"}";
  const auto taken = append_and_wait(*log, one(line)).front();
  INFO((taken ? std::string() : taken.error().message));
  REQUIRE(taken);
  const auto lines = read_lines(*log, Frontier::start(1), 1);
  REQUIRE(lines.size() == 1);
  CHECK(lines[0].line.size() == line.size());
  CHECK((lines[0].line == line));
}

TEST_CASE(
    "kafka: brokers that are away give an error in time, and the log goes on when they are back",
    "[contract][kafka]") {
  MockKafka cluster(3);
  cluster.create_topic("ledger.events", 1);
  const auto log = KafkaLog::open(options_of(cluster, std::chrono::seconds(2))).value();
  REQUIRE(append_and_wait(*log, one("{\"n\":1}")).front());
  cluster.set_up(false);
  const auto away = append_and_wait(*log, one("{\"n\":2}")).front();
  REQUIRE_FALSE(away);
  CHECK(away.error().retriable());
  cluster.set_up(true);
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  bool back = false;
  while (!back && std::chrono::steady_clock::now() < deadline) {
    back = append_and_wait(*log, one("{\"n\":3}")).front().has_value();
  }
  CHECK(back);
}

TEST_CASE("kafka: a topic that is not there is named, with the command that makes it",
          "[contract][kafka]") {
  MockKafka cluster(1);
  auto options = options_of(cluster, std::chrono::seconds(5));
  options.brokers = "127.0.0.1:1";
  options.append_timeout = std::chrono::milliseconds(300);
  const auto away = KafkaLog::open(options);
  REQUIRE_FALSE(away);
  CHECK(away.error().code == ErrorCode::kUnavailable);
}
