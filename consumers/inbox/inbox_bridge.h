#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "events/json_codec.h"
#include "platform/kafka/topic_reader.h"
#include "platform/metrics.h"
#include "producers/append/door.h"
#include "projections/store/view_store.h"

namespace ledger::inbox {

// Who keeps what no retry can cure: the record and what is wrong with it. An error: it could not
// be kept, and is offered again.
using Refuse = std::function<Status(const kafka::Record&, const Error&)>;
// The least of it: a line in the server's log. The record itself stays where it was read, by
// partition and offset, as long as its topic keeps it.
[[nodiscard]] Status log_refused(const kafka::Record& record, const Error& error);

// The family of `cursors` in which a topic's offsets are kept.
[[nodiscard]] std::string cursor_family(std::string_view topic);

// Takes CloudEvents out of a Kafka topic that other systems write to, and appends them through the
// door. Nothing is skipped: a record is settled when the log has acknowledged its event, when the
// log held it already, or when `refuse` has kept it; the topic's offsets are written (one synced
// write) only after all records before them are settled. After a crash some come again and are
// duplicates, which is no error. What time may cure (brokers or the log away, a full queue, an
// index that catches up) is waited for, in the order of the topic's partitions.
//
// Threads: one of its own; counters() from any. All parts must outlive it.
class InboxBridge {
 public:
  static constexpr std::size_t kBatchRecordsMax = 500;
  static constexpr std::size_t kBatchBytesMax = 8 * 1024 * 1024;

  struct Parts {
    AppendDoor& door;
    ViewStore& cursors;
    Refuse refuse;
  };
  InboxBridge(kafka::TopicReader::Options topic, Parts parts);
  ~InboxBridge();

  struct Counters {
    std::uint64_t records = 0;  // settled, in one of the ways below
    std::uint64_t appended = 0;
    std::uint64_t duplicates = 0;
    std::uint64_t refused = 0;
    std::uint64_t lost = 0;  // gone from the topic before they could be read
    std::int64_t lag = -1;   // records in the topic that are not settled; -1: not known yet
  };
  [[nodiscard]] Counters counters() const;

 private:
  void run(const std::stop_token& stop);
  [[nodiscard]] Status step(const std::stop_token& stop);
  [[nodiscard]] Status open();
  [[nodiscard]] Status reopen_if_grown();
  // False: told to stop before all of them were settled.
  [[nodiscard]] bool settle(std::vector<kafka::Record> records, const std::stop_token& stop);
  [[nodiscard]] bool refuse(const kafka::Record& record, const Error& error,
                            const std::stop_token& stop);
  [[nodiscard]] Status keep_offsets();
  void note_lag();
  void wait_for(const Error& reason, const std::stop_token& stop);

  kafka::TopicReader::Options topic_;
  Parts parts_;
  std::string family_;
  std::unique_ptr<kafka::TopicReader> reader_;
  Frontier next_;
  JsonCodec codec_;
  std::chrono::milliseconds pause_;
  std::chrono::steady_clock::time_point counted_at_;  // the topic's partitions
  bool is_away_ = false;                              // and it has been said
  std::atomic<std::uint64_t> appended_ = 0;
  std::atomic<std::uint64_t> duplicates_ = 0;
  std::atomic<std::uint64_t> refused_ = 0;
  std::atomic<std::uint64_t> lost_ = 0;
  std::atomic<std::int64_t> lag_ = -1;
  std::jthread thread_;  // last: it uses all of the above
};

// inbox_records_total by what became of them, and inbox_lag_records. The bridge must outlive the
// metrics' last use.
void add_inbox_metrics(Metrics& metrics, const InboxBridge& bridge);

}  // namespace ledger::inbox
