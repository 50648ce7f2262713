#include "tests/contract/log_under_test.h"

#include <fmt/format.h>

#include <condition_variable>
#include <cstdlib>
#include <mutex>
#include <random>
#include <stdexcept>

#include "events/log/embedded_log.h"
#include "events/log/kafka_log.h"
#include "tests/contract/mock_kafka.h"
#include "tests/support/temporary_directory.h"

namespace ledger::testing {

namespace {

constexpr std::int32_t kPartitions = 3;
constexpr auto kPatience = std::chrono::seconds(30);

class EmbeddedUnderTest final : public LogUnderTest {
 public:
  EmbeddedUnderTest() { reopen(); }
  LogWriter& writer() override { return *log_; }
  const LogReader& reader() override { return *log_; }
  void reopen() override {
    log_.reset();
    log_ = EmbeddedLog::open({directory_.path(), kPartitions}).value();
  }

 private:
  TemporaryDirectory directory_;  // outlives what stands in it
  std::unique_ptr<EmbeddedLog> log_;
};

KafkaLog::Options options_of(const std::string& brokers) {
  KafkaLog::Options options;
  options.brokers = brokers;
  options.topic = fmt::format("ledger.contract.{:08x}", std::random_device()());
  options.append_timeout = std::chrono::seconds(10);
  return options;
}

class KafkaUnderTest final : public LogUnderTest {
 public:
  explicit KafkaUnderTest(KafkaLog::Options options, std::unique_ptr<MockKafka> cluster = {})
      : cluster_(std::move(cluster)), options_(std::move(options)) {
    reopen();
  }
  LogWriter& writer() override { return *log_; }
  const LogReader& reader() override { return *log_; }
  void reopen() override {
    log_.reset();
    log_ = KafkaLog::open(options_).value();
  }

 private:
  std::unique_ptr<MockKafka> cluster_;
  KafkaLog::Options options_;
  std::unique_ptr<KafkaLog> log_;
};

std::unique_ptr<LogUnderTest> make_mock() {
  auto cluster = std::make_unique<MockKafka>(3);
  auto options = options_of(cluster->brokers());
  cluster->create_topic(options.topic, kPartitions);
  return std::make_unique<KafkaUnderTest>(std::move(options), std::move(cluster));
}

std::unique_ptr<LogUnderTest> make_real() {
  auto options = options_of(std::getenv("LEDGER_TEST_BROKERS"));
  if (auto made = create_topic(options, {options.topic, kPartitions, 1}); !made) {
    throw std::runtime_error(made.error().message);
  }
  return std::make_unique<KafkaUnderTest>(std::move(options));
}

}  // namespace

std::vector<LogKind> all_logs() {
  std::vector<LogKind> kinds{
      {"embedded", [] { return std::make_unique<EmbeddedUnderTest>(); }},
      {"mock Kafka", &make_mock},
  };
  if (std::getenv("LEDGER_TEST_BROKERS") != nullptr) {
    kinds.push_back({"real Kafka", &make_real});
  } else {
    kinds.push_back({"real Kafka", nullptr, "LEDGER_TEST_BROKERS names no broker"});
  }
  return kinds;
}

std::vector<Result<Position>> append_and_wait(LogWriter& writer, std::vector<LogRecord> batch) {
  struct Shared {
    std::mutex mutex;
    std::condition_variable done;
    std::vector<Result<Position>> outcomes;
    std::size_t left;
  };
  auto shared = std::make_shared<Shared>();
  shared->left = batch.size();
  shared->outcomes.resize(batch.size(), fail(ErrorCode::kInternal, "no outcome"));
  const auto taken =
      writer.append(std::move(batch), [shared](std::size_t index, Result<Position> outcome) {
        const std::lock_guard lock(shared->mutex);
        shared->outcomes[index] = std::move(outcome);
        if (--shared->left == 0) shared->done.notify_all();
      });
  if (!taken) {
    for (auto& outcome : shared->outcomes) outcome = tl::unexpected(taken.error());
    return shared->outcomes;
  }
  std::unique_lock lock(shared->mutex);
  if (!shared->done.wait_for(lock, kPatience, [&] { return shared->left == 0; })) {
    throw std::runtime_error("an outcome is missing");
  }
  return shared->outcomes;
}

std::vector<ReadLine> read_lines(const LogReader& reader, const Frontier& from, std::size_t count) {
  auto cursor = reader.cursor(from).value();
  std::vector<ReadLine> lines;
  const auto deadline = std::chrono::steady_clock::now() + kPatience;
  while (lines.size() < count && std::chrono::steady_clock::now() < deadline) {
    const auto polled = cursor->poll(count - lines.size(), 1 << 24, std::chrono::milliseconds(50));
    if (!polled) throw std::runtime_error(polled.error().message);
    for (const auto& stored : *polled) lines.push_back({stored.position, std::string(stored.line)});
  }
  return lines;
}

}  // namespace ledger::testing
