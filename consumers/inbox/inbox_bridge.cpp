#include "consumers/inbox/inbox_bridge.h"

#include <algorithm>
#include <future>
#include <mutex>

#include "consumers/inbox/cloud_event.h"
#include "platform/logging.h"

namespace ledger::inbox {

namespace {

using std::chrono::milliseconds;

constexpr auto kPollWait = milliseconds(200);
constexpr auto kPauseMin = milliseconds(100);
constexpr auto kPauseMax = milliseconds(5000);
constexpr auto kCountEvery = std::chrono::seconds(60);

// Waits for the door's answer. It always comes: the log's is bounded in time.
std::vector<AppendDoor::Outcome> append(AppendDoor& door, std::vector<Submission> batch) {
  auto answered = std::make_shared<std::promise<std::vector<AppendDoor::Outcome>>>();
  auto outcomes = answered->get_future();
  door.append(std::move(batch), [answered](std::vector<AppendDoor::Outcome> given) {
    answered->set_value(std::move(given));
  });
  return outcomes.get();
}

// Whether the record is to blame, and always will be. What is wrong with the server itself, its
// log or its settings is no fault of the record: that is waited for, however long it takes.
bool is_refused(const Error& error) {
  return !error.retriable() && error.code != ErrorCode::kNotAttempted &&
         error.code != ErrorCode::kMisconfigured && error.code != ErrorCode::kCorrupt &&
         error.code != ErrorCode::kInternal;
}

struct Waiting {
  kafka::Record record;
  Submission submission;
};

}  // namespace

std::string cursor_family(std::string_view topic) { return "inbox." + std::string(topic); }

Status log_refused(const kafka::Record& record, const Error& error) {
  log::warning("a record of the inbox is refused", {{"partition", std::int64_t{record.partition}},
                                                    {"offset", record.offset},
                                                    {"error", name_of(error.code)},
                                                    {"field", error.field},
                                                    {"reason", error.message}});
  return {};
}

InboxBridge::InboxBridge(kafka::TopicReader::Options topic, Parts parts)
    : topic_(std::move(topic)),
      parts_(std::move(parts)),
      family_(cursor_family(topic_.topic)),
      pause_(kPauseMin) {
  thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

InboxBridge::~InboxBridge() = default;

void InboxBridge::run(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    const auto done = step(stop);
    if (stop.stop_requested()) return;
    if (done) {
      if (is_away_) log::info("the inbox goes on", {{"topic", topic_.topic}});
      is_away_ = false;
      pause_ = kPauseMin;
      continue;
    }
    wait_for(done.error(), stop);
  }
}

Status InboxBridge::step(const std::stop_token& stop) {
  if (!reader_) LEDGER_CHECK(open());
  auto records = reader_->poll(kBatchRecordsMax, kBatchBytesMax, kPollWait);
  if (!records) {
    reader_.reset();
    return tl::unexpected(std::move(records).error());
  }
  if (records->empty()) {
    note_lag();
    return reopen_if_grown();
  }
  Frontier after = next_;
  for (const auto& record : *records) {
    after.next[static_cast<std::size_t>(record.partition)] = record.offset + 1;
  }
  if (!settle(*std::move(records), stop)) return {};
  next_ = std::move(after);
  note_lag();
  auto kept = keep_offsets();
  // What was read goes on from here; only the next start may see it again.
  if (!kept) log::warning("the inbox's offsets are not kept", {{"reason", kept.error().message}});
  return {};
}

Status InboxBridge::open() {
  LEDGER_TRY(next_, parts_.cursors.progress(family_, 0));
  LEDGER_TRY(reader_, kafka::TopicReader::open(topic_, next_.next));
  counted_at_ = std::chrono::steady_clock::now();
  next_.next = reader_->opened_at();
  if (const std::int64_t lost = reader_->lost(); lost > 0) {
    lost_ += static_cast<std::uint64_t>(lost);
    log::error(
        "records of the inbox were gone before they were read: its topic keeps them for too "
        "short a time",
        {{"topic", topic_.topic}, {"records", lost}});
  }
  return {};
}

// Partitions that were added are read from their beginning.
Status InboxBridge::reopen_if_grown() {
  const auto now = std::chrono::steady_clock::now();
  if (now - counted_at_ < kCountEvery) return {};
  counted_at_ = now;
  LEDGER_TRY(const std::int32_t count, reader_->count_partitions());
  if (static_cast<std::size_t>(count) == next_.next.size()) return {};
  LEDGER_CHECK(keep_offsets());
  reader_.reset();
  return {};
}

// As one batch, so that what stands behind an event in its partition comes behind it in the log. A
// batch is refused whole: what is to blame is taken out, and the rest offered again.
bool InboxBridge::settle(std::vector<kafka::Record> records, const std::stop_token& stop) {
  std::vector<Waiting> waiting;
  for (auto& record : records) {
    auto submission = to_submission(record, codec_);
    if (submission) {
      waiting.push_back({std::move(record), *std::move(submission)});
    } else if (!refuse(record, submission.error(), stop)) {
      return false;
    }
  }
  while (!waiting.empty()) {
    if (stop.stop_requested()) return false;
    std::vector<Submission> batch;
    batch.reserve(waiting.size());
    for (const auto& one : waiting) batch.push_back(one.submission);
    const auto outcomes = append(parts_.door, std::move(batch));
    std::vector<Waiting> again;
    const Error* reason = nullptr;  // to wait
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
      const auto& outcome = outcomes[i];
      if (outcome) {
        ++(outcome->duplicate ? duplicates_ : appended_);
      } else if (is_refused(outcome.error())) {
        if (!refuse(waiting[i].record, outcome.error(), stop)) return false;
      } else {
        if (outcome.error().code != ErrorCode::kNotAttempted) reason = &outcome.error();
        again.push_back(std::move(waiting[i]));
      }
    }
    waiting = std::move(again);
    if (reason != nullptr) wait_for(*reason, stop);
  }
  return true;
}

bool InboxBridge::refuse(const kafka::Record& record, const Error& error,
                         const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    const auto kept = parts_.refuse(record, error);
    if (kept) {
      ++refused_;
      return true;
    }
    wait_for(kept.error(), stop);
  }
  return false;
}

Status InboxBridge::keep_offsets() {
  auto transaction = parts_.cursors.begin();
  transaction->advance(family_, next_);
  return parts_.cursors.commit(std::move(transaction), next_);
}

void InboxBridge::note_lag() {
  const auto ends = reader_->known_ends();
  std::int64_t lag = 0;
  for (std::size_t i = 0; i < ends.size(); ++i) {
    lag += std::max<std::int64_t>(ends[i] - next_.next[i], 0);
  }
  lag_ = lag;
}

// Longer each time, until something succeeds; said once.
void InboxBridge::wait_for(const Error& reason, const std::stop_token& stop) {
  if (!is_away_) {
    log::warning("the inbox waits", {{"topic", topic_.topic}, {"reason", reason.message}});
  }
  is_away_ = true;
  std::mutex mutex;
  std::condition_variable_any stopped;
  std::unique_lock lock(mutex);
  stopped.wait_for(lock, stop, pause_, [] { return false; });
  pause_ = std::min(pause_ * 2, kPauseMax);
}

InboxBridge::Counters InboxBridge::counters() const {
  const std::uint64_t appended = appended_;
  const std::uint64_t duplicates = duplicates_;
  const std::uint64_t refused = refused_;
  return {appended + duplicates + refused, appended, duplicates, refused, lost_, lag_};
}

void add_inbox_metrics(Metrics& metrics, const InboxBridge& bridge) {
  using Counters = InboxBridge::Counters;
  const auto add = [&](const char* result, std::uint64_t Counters::* member) {
    metrics.counter("inbox_records_total", "Records of the inbox, by what became of them.",
                    {{"result", result}},
                    [&bridge, member] { return static_cast<double>(bridge.counters().*member); });
  };
  add("appended", &Counters::appended);
  add("duplicate", &Counters::duplicates);
  add("refused", &Counters::refused);
  add("lost", &Counters::lost);
  metrics.gauge("inbox_lag_records", "Records in the inbox that are not settled; -1: not known.",
                {}, [&bridge] { return static_cast<double>(bridge.counters().lag); });
}

}  // namespace ledger::inbox
