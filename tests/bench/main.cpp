#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <future>
#include <map>
#include <random>
#include <set>

#include "consumers/runner/projector.h"
#include "events/log/embedded_log.h"
#include "events/log/kafka_log.h"
#include "platform/limits.h"
#include "projections/catalogue.h"
#include "projections/client_card/queries.h"
#include "projections/directory/rows.h"
#include "projections/effects.h"
#include "projections/quota_compliance/rows.h"
#include "projections/receivables/rows.h"
#include "projections/store/rocks_view_store.h"
#include "tests/bench/measure.h"
#include "tests/bench/trade.h"
#include "tests/support/temporary_directory.h"

// First figures of the ledger on this machine, all in one run: appending lines to the log; folding
// them from nothing, into the four views that the first figures were asked for and into all of them
// with the index of what was seen; and reading cards. Kafka too, where LEDGER_TEST_BROKERS names
// one.
//
//   bench [EVENTS] [DIRECTORY]

namespace {

using namespace ledger;
using bench::Stopwatch;

constexpr int kClients = 3000;
constexpr std::int32_t kPartitions = 6;

std::set<std::string> four_views() {
  return {family_of(directory::kName, directory::kVersion),
          family_of(client_card::kName, client_card::kVersion),
          family_of(receivables::kName, receivables::kVersion),
          family_of(quota_compliance::kName, quota_compliance::kVersion)};
}

void print(const char* what, const char* log, std::int64_t count, const Stopwatch& watch,
           const std::string& more = {}) {
  fmt::print("{:<9} {:<9} {:>9} events  {:>9.0f} /s  {:>6.2f} us CPU each  {}\n", what, log, count,
             static_cast<double>(count) / watch.seconds(),
             watch.cpu_seconds() * 1e6 / static_cast<double>(count), more);
  std::fflush(stdout);
}

// Appends in batches of 500, at most 20,000 lines on their way.
void append_all(LogWriter& writer, std::int64_t events, const char* name) {
  bench::Trade trade(1, events, kClients);
  std::vector<std::vector<LogRecord>> batches;
  for (std::int64_t made = 0; made < events;) {
    auto& batch = batches.emplace_back();
    for (; made < events && batch.size() < 500; ++made) {
      const auto fact = trade.next();
      batch.push_back({fact.stamps.partition_key, encode_line(fact.submission, fact.stamps)});
    }
  }
  std::atomic<std::int64_t> done = 0;
  std::atomic<std::int64_t> failed = 0;
  std::int64_t sent = 0;
  const Stopwatch watch;
  for (auto& batch : batches) {
    sent += static_cast<std::int64_t>(batch.size());
    while (!writer.append(batch, [&](std::size_t, const Result<Position>& outcome) {
      if (!outcome) ++failed;
      ++done;
      done.notify_one();
    })) {
      done.wait(done.load());
    }
    for (auto now = done.load(); sent - now > 20'000; now = done.load()) done.wait(now);
  }
  for (auto now = done.load(); now < events; now = done.load()) done.wait(now);
  print("append", name, events, watch, failed == 0 ? "" : fmt::format("{} FAILED", failed.load()));
}

// The work of a catch-up by itself: lines decoded and folded into the named views, their rows and
// offsets in one synced commit for each batch. No index of what was seen, no other view.
void fold_alone(const LogReader& reader, const std::filesystem::path& directory,
                std::int64_t events, const char* name, const std::set<std::string>& families) {
  std::map<std::string, std::unique_ptr<View>> views;
  auto all = all_views();
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto family = all_families()[i];
    if (families.contains(family)) views.emplace(family, std::move(all[i]));
  }
  auto store =
      open_rocks_view_store(directory, {families.begin(), families.end()}, kPartitions).value();
  auto cursor = reader.cursor(Frontier::start(kPartitions)).value();
  JsonCodec codec;
  Frontier position = Frontier::start(kPartitions);
  std::int64_t rows = 0;
  const Stopwatch watch;
  for (std::int64_t folded = 0; folded < events;) {
    const auto snapshot = store->current();
    for (auto& [family, view] : views) view->batch().read_from(*snapshot);
    for (std::size_t taken = 0; taken < limits::kProjectorBatchEventsMax && folded < events;) {
      const auto lines = cursor->poll(limits::kProjectorBatchEventsMax - taken,
                                      limits::kProjectorBatchBytesMax, std::chrono::seconds(1));
      for (const auto& line : lines.value()) {
        const auto event = codec.decode_line(line.line).value();
        const auto apply = [&](const EventData& data, const EventMeta& meta) {
          for (auto& [family, view] : views) view->apply(data, meta);
        };
        if (!expand(event, line.position, codec, apply)) std::abort();
        position.include(line.position);
      }
      taken += lines->size();
      folded += static_cast<std::int64_t>(lines->size());
    }
    auto changes = store->begin();
    for (auto& [family, view] : views) {
      rows += static_cast<std::int64_t>(view->batch().changed_rows());
      view->batch().collect(*changes);
      changes->advance(family, position);
    }
    if (!store->commit(std::move(changes), position)) std::abort();
  }
  print("4 views", name, events, watch,
        fmt::format("{:.2f} puts each", static_cast<double>(rows) / static_cast<double>(events)));
}

void catch_up(const LogReader& reader, const std::filesystem::path& directory, std::int64_t events,
              const char* name) {
  auto store = open_rocks_view_store(directory, projector_families(), kPartitions).value();
  ViewProgress progress(Frontier::start(kPartitions));
  auto projector = Projector::open(reader, *store, progress).value();
  const Frontier end = reader.end().value();
  const Stopwatch watch;
  while (!progress.covers(end)) {
    if (!projector->step(std::chrono::milliseconds(100))) std::abort();
  }
  const auto counters = projector->counters();
  print("catch-up", name, events, watch,
        fmt::format("{:.2f} puts each, {} batches, {} parked",
                    static_cast<double>(counters.rows_written) / static_cast<double>(events),
                    counters.batches, counters.parked));
  std::mt19937 random(7);
  std::vector<double> took_us;
  const Stopwatch lookups;
  constexpr std::int64_t kLookups = 20'000;
  for (std::int64_t i = 0; i < kLookups; ++i) {
    const auto start = std::chrono::steady_clock::now();
    const auto id = fmt::format("c-{:05}", random() % kClients);
    if (!client_card::card(*store->current(), id, {Date{std::chrono::sys_days{}}, std::nullopt}))
      std::abort();
    took_us.push_back(
        std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - start)
            .count());
  }
  std::sort(took_us.begin(), took_us.end());
  print("card", name, kLookups, lookups,
        fmt::format("p50 {:.1f} us, p99 {:.1f} us", took_us[kLookups / 2],
                    took_us[kLookups * 99 / 100]));
}

}  // namespace

int main(int argc, char** argv) {
  const std::int64_t events = argc > 1 ? std::strtoll(argv[1], nullptr, 10) : 1'000'000;
  const testing::TemporaryDirectory own;
  const std::filesystem::path directory = argc > 2 ? argv[2] : own.path();
  std::filesystem::remove_all(directory);
  {
    auto log = EmbeddedLog::open({directory / "log", kPartitions}).value();
    append_all(*log, events, "embedded");
  }
  {
    // Opened anew: what the log still has to tidy after the appends is no work of the views.
    auto log = EmbeddedLog::open({directory / "log", kPartitions}).value();
    fold_alone(*log, directory / "four", events, "embedded", four_views());
    catch_up(*log, directory / "views", events, "embedded");
  }
  if (const char* brokers = std::getenv("LEDGER_TEST_BROKERS")) {
    KafkaLog::Options kafka;
    kafka.brokers = brokers;
    kafka.topic = fmt::format("ledger.bench.{}", std::random_device()());
    kafka.append_timeout = limits::kAppendTimeout;
    if (!create_topic(kafka, {kafka.topic, kPartitions, 1})) std::abort();
    auto log = KafkaLog::open(kafka).value();
    append_all(*log, events, "kafka");
    fold_alone(*log, directory / "kafka-four", events, "kafka", four_views());
    catch_up(*log, directory / "kafka-views", events, "kafka");
  }
  std::filesystem::remove_all(directory);
  return 0;
}
