// Goal: what other systems write to the inbox is in the log once, whatever goes away in between,
// and what never can be is handed on rather than skipped. Method: librdkafka's mock cluster with a
// topic that a plain producer writes to; the real bridge and door over an embedded log.
#include <fmt/format.h>

#include <map>
#include <mutex>
#include <thread>

#include "consumers/inbox/inbox_bridge.h"
#include "consumers/runner/projector.h"
#include "tests/contract/log_under_test.h"
#include "tests/contract/mock_kafka.h"
#include "tests/contract/topic_writer.h"
#include "tests/support/catch.h"

using namespace ledger;
using inbox::InboxBridge;
using ledger::testing::LogUnderTest;
using ledger::testing::MockKafka;
using ledger::testing::TopicWriter;

namespace {

constexpr auto kPatience = std::chrono::seconds(60);
constexpr const char* kTopic = "ledger.inbox";
const TopicWriter::Headers kStructured{{"content-type", "application/cloudevents+json"}};

bool eventually(const std::function<bool()>& holds) {
  const auto deadline = std::chrono::steady_clock::now() + kPatience;
  while (!holds()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::yield();
  }
  return true;
}

std::string event(int n, const std::string& client = "c-1") {
  return fmt::format(
      R"({{"specversion":"1.0","id":"{}","source":"crm","type":"org.salesledger.lead.found.v1","time":"2026-11-24T08:00:00Z","data":{{"client_id":"{}","manager_id":"m-1","channel":"other"}}}})",
      n, client);
}

// The log, but one that can be away.
class Gate final : public LogWriter {
 public:
  explicit Gate(LogWriter& log) : log_(log) {}
  Status append(std::vector<LogRecord> batch, Completion done) override {
    if (away) {
      ++refused;
      return fail(ErrorCode::kUnavailable, "the log is away");
    }
    return log_.append(std::move(batch), std::move(done));
  }
  std::int32_t partitions() const override { return log_.partitions(); }
  std::atomic<bool> away = false;
  std::atomic<int> refused = 0;

 private:
  LogWriter& log_;
};

// All of a server that the inbox needs.
class Server {
 public:
  Server()
      : log_(ledger::testing::all_logs().front().make()),
        gate(log_->writer()),
        views_(memory_view_store(log_->reader().partitions())),
        progress_(Frontier::start(log_->reader().partitions())),
        projector_(Projector::open(log_->reader(), *views_, progress_).value()),
        projecting_([this](const std::stop_token& stop) {
          while (!stop.stop_requested()) (void)projector_->step(std::chrono::milliseconds(10));
        }),
        door_({gate, log_->reader(), *views_, progress_, clock_,
               BusinessZone::named("Europe/Kyiv").value()},
              Frontier::start(log_->reader().partitions())),
        cursors(memory_view_store(0)) {}

  std::unique_ptr<InboxBridge> bridge(const MockKafka& cluster) {
    return std::make_unique<InboxBridge>(
        kafka::TopicReader::Options{.brokers = cluster.brokers(), .topic = kTopic},
        InboxBridge::Parts{door_, *cursors,
                           [this](const kafka::Record& record, const Error& error) {
                             return keep(record, error);
                           }});
  }
  std::map<std::int64_t, std::string> refused() const {
    const std::lock_guard lock(mutex_);
    return refused_;
  }
  std::int64_t events_in_log() const { return log_->reader().end().value().total(); }

 private:
  Status keep(const kafka::Record& record, const Error& error) {
    if (refusals_that_fail-- > 0) return fail(ErrorCode::kUnavailable, "the quarantine is away");
    const std::lock_guard lock(mutex_);
    refused_[record.offset] = name_of(error.code);
    return {};
  }

  FixedClock clock_{parse_timestamp("2026-11-25T08:00:00Z").value()};
  std::unique_ptr<LogUnderTest> log_;

 public:
  Gate gate;
  std::atomic<int> refusals_that_fail = 0;

 private:
  std::unique_ptr<ViewStore> views_;
  ViewProgress progress_;
  std::unique_ptr<Projector> projector_;
  std::jthread projecting_;
  AppendDoor door_;
  mutable std::mutex mutex_;
  std::map<std::int64_t, std::string> refused_;  // offset -> error

 public:
  std::unique_ptr<ViewStore> cursors;
};

}  // namespace

TEST_CASE("inbox: every record of every partition is in the log once", "[contract][inbox]") {
  MockKafka cluster(1);
  cluster.create_topic(kTopic, 3);
  TopicWriter writer(cluster.brokers(), kTopic);
  for (int n = 0; n < 1500; ++n) writer.write(n % 3, kStructured, event(n));
  writer.write(0, kStructured, event(0));  // delivered again
  Server server;
  const auto bridge = server.bridge(cluster);
  REQUIRE(eventually([&] { return bridge->counters().records == 1501; }));
  CHECK(bridge->counters().appended == 1500);
  CHECK(bridge->counters().duplicates == 1);
  CHECK(bridge->counters().refused == 0);
  CHECK(server.events_in_log() == 1500);
  CHECK(eventually([&] { return bridge->counters().lag == 0; }));
}

TEST_CASE("inbox: what never can be an event is handed on, and the rest goes in",
          "[contract][inbox]") {
  MockKafka cluster(1);
  cluster.create_topic(kTopic, 1);
  TopicWriter writer(cluster.brokers(), kTopic);
  writer.write(0, kStructured, event(1));
  writer.write(0, kStructured, "not JSON");
  writer.write(0, kStructured, std::nullopt);
  writer.write(0, kStructured, event(1, "c-2"));  // the id of another event
  writer.write(0, {}, event(2));
  writer.write(0, kStructured, event(3));
  Server server;
  server.refusals_that_fail = 2;
  const auto bridge = server.bridge(cluster);
  REQUIRE(eventually([&] { return bridge->counters().records == 6; }));
  CHECK(server.refused() == std::map<std::int64_t, std::string>{{1, "malformed"},
                                                                {2, "missing-field"},
                                                                {3, "conflict"},
                                                                {4, "unsupported-media-type"}});
  CHECK(bridge->counters().appended == 2);
  CHECK(bridge->counters().refused == 4);
  CHECK(server.events_in_log() == 2);
}

TEST_CASE("inbox: a log that is away is waited for, and nobody is blamed", "[contract][inbox]") {
  MockKafka cluster(1);
  cluster.create_topic(kTopic, 1);
  TopicWriter writer(cluster.brokers(), kTopic);
  for (int n = 0; n < 20; ++n) writer.write(0, kStructured, event(n));
  Server server;
  server.gate.away = true;
  const auto bridge = server.bridge(cluster);
  REQUIRE(eventually([&] { return server.gate.refused > 1; }));
  CHECK(bridge->counters().records == 0);
  CHECK(server.events_in_log() == 0);
  server.gate.away = false;
  REQUIRE(eventually([&] { return bridge->counters().records == 20; }));
  CHECK(bridge->counters().appended == 20);
  CHECK(server.refused().empty());
}

TEST_CASE("inbox: stopped while the log is away, it has settled nothing", "[contract][inbox]") {
  MockKafka cluster(1);
  cluster.create_topic(kTopic, 1);
  TopicWriter writer(cluster.brokers(), kTopic);
  writer.write(0, kStructured, event(1));
  Server server;
  server.gate.away = true;
  auto bridge = server.bridge(cluster);
  REQUIRE(eventually([&] { return server.gate.refused > 0; }));
  bridge.reset();
  server.gate.away = false;
  bridge = server.bridge(cluster);
  REQUIRE(eventually([&] { return bridge->counters().appended == 1; }));
}

TEST_CASE("inbox: it goes on where it stood, and without its offsets from the beginning",
          "[contract][inbox]") {
  MockKafka cluster(1);
  cluster.create_topic(kTopic, 2);
  TopicWriter writer(cluster.brokers(), kTopic);
  for (int n = 0; n < 10; ++n) writer.write(n % 2, kStructured, event(n));
  Server server;
  auto bridge = server.bridge(cluster);
  REQUIRE(eventually([&] { return bridge->counters().appended == 10; }));
  bridge.reset();
  writer.write(1, kStructured, event(10));
  bridge = server.bridge(cluster);
  REQUIRE(eventually([&] { return bridge->counters().appended == 1; }));
  CHECK(bridge->counters().records == 1);
  bridge.reset();
  server.cursors = memory_view_store(0);
  bridge = server.bridge(cluster);
  REQUIRE(eventually([&] { return bridge->counters().records == 11; }));
  CHECK(bridge->counters().duplicates == 11);
  CHECK(server.events_in_log() == 11);
}

TEST_CASE("inbox: a topic that was made anew is read from its beginning", "[contract][inbox]") {
  Server server;
  {
    auto transaction = server.cursors->begin();
    transaction->advance(inbox::cursor_family(kTopic), Frontier({100}));
    REQUIRE(server.cursors->commit(std::move(transaction), Frontier({100})));
  }
  MockKafka cluster(1);
  cluster.create_topic(kTopic, 1);
  TopicWriter writer(cluster.brokers(), kTopic);
  writer.write(0, kStructured, event(1));
  const auto bridge = server.bridge(cluster);
  CHECK(eventually([&] { return bridge->counters().appended == 1; }));
}

TEST_CASE("inbox: topic and brokers may come later, and go in between", "[contract][inbox]") {
  MockKafka cluster(1);
  Server server;
  const auto bridge = server.bridge(cluster);
  cluster.create_topic(kTopic, 1);
  TopicWriter writer(cluster.brokers(), kTopic);
  writer.write(0, kStructured, event(1));
  REQUIRE(eventually([&] { return bridge->counters().appended == 1; }));
  cluster.set_up(false);
  cluster.set_up(true);
  writer.write(0, kStructured, event(2));
  CHECK(eventually([&] { return bridge->counters().appended == 2; }));
}
