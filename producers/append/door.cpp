#include "producers/append/door.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <unordered_set>
#include <utility>

#include "events/types/adjustment.h"
#include "platform/assert.h"
#include "platform/limits.h"
#include "producers/append/amend.h"
#include "producers/append/card_checks.h"
#include "producers/append/door_batch.h"
#include "producers/append/match.h"
#include "producers/append/money_checks.h"
#include "producers/append/norm_checks.h"
#include "producers/append/overlay.h"
#include "producers/append/split_checks.h"
#include "producers/append/staff_checks.h"
#include "projections/seen/seen.h"

namespace ledger {

AppendDoor::AppendDoor(Parts parts, Frontier index_target)
    : parts_(parts),
      index_target_(std::move(index_target)),
      acknowledged_(Frontier::start(parts_.writer.partitions())),
      directory_changed_(acknowledged_),
      slow_thread_([this](const std::stop_token& stop) { run_slow_lane(stop); }) {}

AppendDoor::~AppendDoor() {
  slow_thread_.request_stop();
  slow_work_.notify_all();
  slow_thread_.join();
  for (const auto& batch : slow_lane_) {
    for (auto& event : batch->events) {
      event.outcome = fail(ErrorCode::kUnavailable, "the server is stopping; try again");
    }
    finish(*batch);
  }
  std::unique_lock lock(mutex_);
  answered_.wait(lock, [this] { return on_their_way_ == 0; });
}

bool AppendDoor::ready() const {
  return parts_.progress.covers(index_target_) && !parts_.views.renewals().any_aside();
}

Frontier AppendDoor::acknowledged() const {
  const std::lock_guard lock(mutex_);
  return acknowledged_;
}

AppendDoor::Counters AppendDoor::counters() const {
  const std::lock_guard lock(mutex_);
  return counters_;
}

void AppendDoor::append(std::vector<Submission> submissions, Done done) {
  auto batch = std::make_shared<Batch>();
  batch->done = std::move(done);
  batch->events.reserve(submissions.size());
  for (auto& submission : submissions) batch->events.push_back({std::move(submission)});
  if (const auto takes = open(); !takes) {
    for (auto& event : batch->events) event.outcome = tl::unexpected(takes.error());
    finish(*batch);
    return;
  }
  process(batch, Lane::kFast);
}

namespace {

// domain-semantics.md 4b. At the door and not of the event itself, so that what was recorded before
// there was a limit is still read.
Status check_write_off(const EventData& data) {
  constexpr std::int64_t kSmallDifferenceMinorMax = 100;
  const auto* written = data.get_if<InvoiceWrittenOff>();
  if (written == nullptr || written->kind != WriteOffKind::kSmallDifference) return {};
  if (written->amount.currency != Currency()) {
    return fail(ErrorCode::kOutOfRange,
                "a small difference is one of hryvnias: of another currency it is a bad debt or "
                "forgiveness",
                "data.amount.currency");
  }
  if (written->amount.amount_minor <= kSmallDifferenceMinorMax) return {};
  return fail(ErrorCode::kOutOfRange,
              "a small difference is at most 1.00: more is a bad debt or forgiveness",
              "data.amount.amount_minor");
}

// What an event may say, whether it is sent or another is to be read so.
Status check_said(const ViewSnapshot& known, const EventData& data, Date day,
                  const std::optional<Position>& instead_of, const EarlierInBatch& earlier) {
  LEDGER_CHECK(check_write_off(data));
  LEDGER_CHECK(check_norms(known, data));
  LEDGER_CHECK(check_cards(known, data, earlier));
  return check_staff(known, data, day, instead_of);
}

Status check_corrected(const ViewSnapshot& known, const Amended::Corrected& corrected,
                       MoneyChecks& money) {
  auto status = check_said(known, corrected.data, corrected.local_day, corrected.position, {});
  if (status) {
    status = money.check_corrected(known, corrected.data, corrected.was, corrected.position);
  }
  if (status) return {};
  Error error = std::move(status).error();
  error.field = "data." + error.field;  // inside the correction
  return tl::unexpected(std::move(error));
}

tl::unexpected<Error> amended_twice() {
  return fail(ErrorCode::kConflict,
              "another event of the batch amends this one already; send one after the other",
              "data.target_id");
}

}  // namespace

Status AppendDoor::check(const Submission& submission, Timestamp now) const {
  if (submission.time > now + limits::kFutureSkewMax) {
    return fail(ErrorCode::kOutOfRange,
                fmt::format("lies more than {} minutes ahead of the server's {}",
                            limits::kFutureSkewMax.count(), format_timestamp(now)),
                "time");
  }
  return {};
}

// Nobody's error stops the others from getting theirs; but with one error nothing is appended.
void AppendDoor::refuse(Batch& batch) {
  for (auto& event : batch.events) {
    if (!event.outcome) {
      event.outcome = fail(ErrorCode::kNotAttempted,
                           "another event of the batch was refused, so none was appended");
    }
  }
}

void AppendDoor::process(const std::shared_ptr<Batch>& batch, Lane lane) {
  try {
    if (!admit(batch, lane)) return;
  } catch (const std::exception& problem) {
    // The store or memory failed before anything was claimed or written.
    for (auto& event : batch->events) event.outcome = fail(ErrorCode::kUnavailable, problem.what());
    finish(*batch);
    return;
  }
  submit(batch);
}

// Until every event is prepared and claimed. False: the batch was answered, or took the slow lane.
bool AppendDoor::admit(const std::shared_ptr<Batch>& batch, Lane lane) {
  for (;;) {
    std::uint64_t generation = 0;
    {
      const std::lock_guard lock(mutex_);
      generation = forgotten_;
    }
    if (prepare(*batch, lane) == Step::kNeedsSlowLane) {
      const std::lock_guard lock(mutex_);
      if (slow_lane_.size() < limits::kSlowLaneBatchesMax) {
        slow_lane_.push_back(batch);
        slow_work_.notify_one();
        return false;
      }
      for (auto& event : batch->events) {
        event.outcome = fail(ErrorCode::kUnavailable, "too many appends are waiting; try again");
      }
    }
    const bool refused = std::any_of(
        batch->events.begin(), batch->events.end(),
        [](const Prepared& event) { return event.outcome && !event.outcome->has_value(); });
    if (refused) {
      refuse(*batch);
      finish(*batch);
      return false;
    }
    if (claim(batch, generation)) return true;
  }
}

struct AppendDoor::Earlier {
  std::optional<DirectoryOverlay> overlay = {};  // none: nothing of the directory
  EarlierInBatch brought = {};                   // for splits; left empty where there are none
};

AppendDoor::Step AppendDoor::prepare(Batch& batch, Lane lane) {
  const Timestamp now = parts_.clock.now();
  std::unordered_map<std::string_view, std::size_t> in_batch;
  Earlier earlier;
  MoneyChecks money;
  std::unordered_set<std::string> amended;
  const bool splits =
      std::any_of(batch.events.begin(), batch.events.end(),
                  [](const Prepared& event) { return event.submission.data.holds<ClientSplit>(); });
  for (std::size_t i = 0; i < batch.events.size(); ++i) {
    Prepared& event = batch.events[i];
    event.outcome.reset();
    event.repeats.reset();
    event.appends = false;
    event.key = seen::key_of(event.submission.source, event.submission.id);
    if (!event.digest) {
      event.digest = seen::digest_of(body_of(event.submission.time, event.submission.data));
    }
    if (auto status = check(event.submission, now); !status) {
      event.outcome = tl::unexpected(std::move(status).error());
      continue;
    }
    const auto [first, fresh] = in_batch.emplace(event.key, i);
    if (!fresh) {
      event.repeats = first->second;
      if (batch.events[first->second].digest != event.digest) {
        event.outcome = other_body(event.submission.source, event.submission.id);
      }
      continue;
    }
    auto step = dedupe(event, lane);
    if (step && *step == Step::kReady && !event.outcome) {
      event.stamps.recorded_time = now;
      step = stamp(event, earlier, money, lane);
      if (const auto target = amended_key(event.submission.data); step && target) {
        if (!amended.insert(*target).second) step = amended_twice();
      }
      if (step && names_keys(event.submission.data)) {
        if (!earlier.overlay) earlier.overlay.emplace(parts_.views.current());
        earlier.overlay->include(event.submission.data);
      }
      if (step && splits) earlier.brought.include(event.submission, event.stamps.subject);
    }
    if (!step) {
      // An event that was on its way when it was looked for may be folded by now: what cannot be
      // said twice (a void, a merge, the payment of what was open) is then a repetition of itself.
      if (!find_indexed(event) || !event.outcome) {
        event.outcome = tl::unexpected(std::move(step).error());
      }
    } else if (*step == Step::kNeedsSlowLane) {
      return Step::kNeedsSlowLane;
    }
  }
  return Step::kReady;
}

Status AppendDoor::wait_for_index(const Frontier& wanted) const {
  const auto deadline = std::chrono::steady_clock::now() + limits::kIndexWait;
  if (parts_.progress.wait(wanted, deadline)) return {};
  return fail(ErrorCode::kUnavailable, "the index does not show the last events yet; try again");
}

Result<AppendDoor::Step> AppendDoor::stamp(Prepared& event, const Earlier& earlier,
                                           MoneyChecks& money, Lane lane) {
  const bool amendment = is_amendment(event.submission.data);
  // Both look at events that may have been acknowledged a moment ago.
  const bool by_all = amendment || takes_money(event.submission.data);
  if (amendment && lane == Lane::kSlow) LEDGER_CHECK(wait_for_amendments());
  Frontier needed;
  {
    const std::lock_guard lock(mutex_);
    needed = by_all ? acknowledged_ : directory_changed_;
  }
  if (lane == Lane::kFast && (amendment || !parts_.progress.covers(needed))) {
    return Step::kNeedsSlowLane;
  }
  // Without the last cards an event is matched by those that are known, and again when the others
  // are; but what was taken back or paid a moment ago cannot be left out.
  if (lane == Lane::kSlow) {
    auto waited = wait_for_index(needed);
    if (!waited && (by_all || !ready())) return tl::unexpected(std::move(waited).error());
  }
  const auto snapshot = parts_.views.current();
  const Timestamp now = event.stamps.recorded_time;
  Submission submission = event.submission;
  if (amendment) {
    const Date day = parts_.zone.local_day(submission.time);
    LEDGER_TRY(auto amended, resolve_amendment(std::move(submission), day, *snapshot, parts_.reader,
                                               slow_codec_));
    if (amended.corrected) LEDGER_CHECK(check_corrected(*snapshot, *amended.corrected, money));
    event.stamps = std::move(amended.stamps);
    submission = std::move(amended.submission);
  } else {
    const ViewSnapshot& known = earlier.overlay ? *earlier.overlay : *snapshot;
    LEDGER_CHECK(check_said(known, submission.data, parts_.zone.local_day(submission.time), {},
                            earlier.brought));
    LEDGER_CHECK(money.check(known, submission.data));
    LEDGER_TRY(auto matched, match(known, submission));
    event.stamps.subject = std::move(matched.client);
    event.stamps.actor = std::move(matched.manager);
    event.stamps.partition_key = std::move(matched.partition_key);
  }
  event.stamps.recorded_time = now;
  event.stamps.local_day = parts_.zone.local_day(submission.time);
  event.stamps.tz_version = parts_.zone.data_version();
  if (submission.subject &&
      (!event.stamps.subject || *submission.subject != event.stamps.subject->text())) {
    return fail(ErrorCode::kInvalidField,
                "is not the client of this event; leave it out, the ledger stamps it", "subject");
  }
  const ViewSnapshot& said = earlier.overlay ? *earlier.overlay : *snapshot;
  LEDGER_CHECK(write_line(event, std::move(submission), said));
  return Step::kReady;
}

void AppendDoor::submit(const std::shared_ptr<Batch>& batch) {
  std::vector<LogRecord> records;
  std::vector<std::size_t> indexes;
  for (std::size_t i = 0; i < batch->events.size(); ++i) {
    auto& event = batch->events[i];
    if (!event.appends) continue;
    records.push_back({event.stamps.partition_key, std::move(event.line)});
    indexes.push_back(i);
  }
  if (!records.empty()) {
    // A line that outlived its key would be lost.
    Status status = keep_keys(*batch);
    if (status) {
      status = parts_.writer.append(
          std::move(records),
          [this, batch, indexes](std::size_t record, Result<Position> position) {
            const std::size_t i = indexes[record];
            const auto& event = batch->events[i];
            settle(batch, i, position.map([&](const Position& at) {
              return Receipt{event.submission.id, event.submission.source, at, event.leaf_hash};
            }));
          });
    }
    if (!status) {
      for (const std::size_t i : indexes) settle(batch, i, tl::unexpected(status.error()));
    }
  }
  if (--batch->pending == 0) finish(*batch);
}

void AppendDoor::finish(Batch& batch) {
  std::vector<Outcome> outcomes;
  outcomes.reserve(batch.events.size());
  {
    const std::lock_guard lock(mutex_);
    for (auto& event : batch.events) {
      LEDGER_ASSERT(event.outcome.has_value(), "every event of a finished batch has its outcome");
      const Outcome& outcome = *event.outcome;
      if (outcome) {
        ++(outcome->duplicate ? counters_.duplicates : counters_.accepted);
      } else {
        ++(outcome.error().retriable() ? counters_.failed : counters_.refused);
      }
      outcomes.push_back(std::move(*event.outcome));
    }
  }
  batch.done(std::move(outcomes));
}

void AppendDoor::run_slow_lane(const std::stop_token& stop) {
  for (;;) {
    std::shared_ptr<Batch> batch;
    bool too_many_doubts = false;
    {
      std::unique_lock lock(mutex_);
      slow_work_.wait(lock, stop, [this] { return !slow_lane_.empty() || too_many_doubts_; });
      if (stop.stop_requested()) return;
      too_many_doubts = std::exchange(too_many_doubts_, false);
      if (!slow_lane_.empty()) {
        batch = std::move(slow_lane_.front());
        slow_lane_.pop_front();
      }
    }
    if (too_many_doubts) settle_doubts();
    if (batch) process(batch, Lane::kSlow);
  }
}

}  // namespace ledger
