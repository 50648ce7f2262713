#include "consumers/reactors/reactor_runner.h"

#include <condition_variable>
#include <mutex>

#include "platform/logging.h"

namespace ledger {

namespace {

using std::chrono::milliseconds;

constexpr std::size_t kBatchEvents = 1000;
constexpr std::size_t kBatchBytes = std::size_t{4} * 1024 * 1024;
constexpr auto kPollWait = milliseconds(100);
constexpr auto kViewWait = milliseconds(500);
constexpr auto kRetryPause = milliseconds(500);
constexpr auto kKeepCursorEvery = milliseconds(1000);

void pause(const std::stop_token& stop, milliseconds length) {
  std::mutex mutex;
  std::condition_variable_any stopped;
  std::unique_lock lock(mutex);
  stopped.wait_for(lock, stop, length, [] { return false; });
}

}  // namespace

std::string reactor_family(std::string_view name) { return family_of(name, 1); }

Result<std::unique_ptr<ReactorRunner>> ReactorRunner::start(std::unique_ptr<Reactor> reactor,
                                                            const Parts& parts) {
  LEDGER_TRY(Frontier next,
             parts.cursors.progress(reactor_family(reactor->name()), parts.log.partitions()));
  LEDGER_TRY(auto cursor, parts.log.cursor(next));
  return std::unique_ptr<ReactorRunner>(
      new ReactorRunner(std::move(reactor), parts, std::move(next), std::move(cursor)));
}

ReactorRunner::ReactorRunner(std::unique_ptr<Reactor> reactor, const Parts& parts, Frontier next,
                             std::unique_ptr<LogCursor> cursor)
    : reactor_(std::move(reactor)),
      parts_(parts),
      family_(reactor_family(reactor_->name())),
      next_(next),
      kept_(std::move(next)),
      kept_at_(std::chrono::steady_clock::now()),
      cursor_(std::move(cursor)),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

ReactorRunner::~ReactorRunner() = default;

ReactorRunner::Counters ReactorRunner::counters() const {
  return {events_.load(), recorded_.load(), refused_.load()};
}

void ReactorRunner::run(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    const auto moved = step(stop);
    if (moved) continue;
    if (moved.error().code == ErrorCode::kCorrupt) {
      log::error("a reactor stops: the history is damaged",
                 {{"reactor", reactor_->name()}, {"reason", moved.error().message}});
      return;
    }
    pause(stop, kRetryPause);
  }
  if (auto status = keep_cursor(); !status) {
    log::warning("a reactor's cursor was not kept; it will look again at some events",
                 {{"reactor", reactor_->name()}, {"reason", status.error().message}});
  }
}

Result<bool> ReactorRunner::step(const std::stop_token& stop) {
  LEDGER_TRY(const auto lines, cursor_->poll(kBatchEvents, kBatchBytes, kPollWait));
  for (const auto& line : lines) {
    for (;;) {
      if (stop.stop_requested()) return false;
      const auto settled = settle(line, stop);
      if (settled) break;
      if (settled.error().code == ErrorCode::kCorrupt) return tl::unexpected(settled.error());
      pause(stop, kRetryPause);
    }
    next_.include(line.position);
    events_.fetch_add(1, std::memory_order_relaxed);
  }
  if (lines.empty()) LEDGER_CHECK(turn_day(stop));
  if (lines.empty() || cursor_is_old()) LEDGER_CHECK(reactor_->settle_done());
  if (cursor_is_old()) LEDGER_CHECK(keep_cursor());
  return !lines.empty();
}

// Again at the next idle moment if the views or the door are behind.
Status ReactorRunner::turn_day(const std::stop_token& stop) {
  const Date today = parts_.zone.local_day(parts_.clock.now());
  if (turned_ == today || stop.stop_requested()) return {};
  if (!parts_.progress.wait(next_, std::chrono::steady_clock::now() + kViewWait)) return {};
  const auto views = parts_.views.current();
  LEDGER_TRY(auto submissions, reactor_->turn_of_day({*views, next_, today}));
  if (submissions.empty() || record(std::move(submissions))) turned_ = today;
  return {};
}

Status ReactorRunner::settle(const StoredLine& line, const std::stop_token& stop) {
  if (!reactor_->concerns(summary_of(line.line))) return {};
  const auto event = codec_.decode_line(line.line);
  if (!event) return {};  // the projector parks it and says so; there is nothing to react to
  Frontier seen = Frontier::start(parts_.log.partitions());
  seen.include(line.position);
  while (!parts_.progress.wait(seen, std::chrono::steady_clock::now() + kViewWait)) {
    if (stop.stop_requested()) return fail(ErrorCode::kUnavailable, "the server is stopping");
  }
  Frontier read = next_;
  read.include(line.position);
  for (;;) {
    const auto views = parts_.views.current();
    const Date today = parts_.zone.local_day(parts_.clock.now());
    LEDGER_TRY(auto submissions, reactor_->react(*event, {*views, read, today}));
    if (submissions.empty()) return {};
    if (record(std::move(submissions))) return {};
    if (stop.stop_requested()) return fail(ErrorCode::kUnavailable, "the server is stopping");
    pause(stop, kRetryPause);
  }
}

// One by one: a batch is refused whole, and each of these stands alone. True: nothing is left that
// may succeed later. The next event must see what was recorded, or it would be decided again.
bool ReactorRunner::record(std::vector<Submission> submissions) {
  struct Answer {
    std::mutex mutex;
    std::condition_variable given;
    std::optional<AppendDoor::Outcome> outcome;
  };
  Frontier written = Frontier::start(parts_.log.partitions());
  bool settled = true;
  for (auto& submission : submissions) {
    const auto answer = std::make_shared<Answer>();
    std::vector<Submission> one;
    one.push_back(std::move(submission));
    parts_.door.append(std::move(one), [answer](std::vector<AppendDoor::Outcome> outcomes) {
      const std::lock_guard lock(answer->mutex);
      answer->outcome = std::move(outcomes.front());
      answer->given.notify_one();
    });
    std::unique_lock lock(answer->mutex);
    answer->given.wait(lock, [&] { return answer->outcome.has_value(); });
    const auto& outcome = *answer->outcome;
    if (outcome) {
      written.include(outcome->position);
      if (!outcome->duplicate) recorded_.fetch_add(1, std::memory_order_relaxed);
    } else if (outcome.error().retriable()) {
      settled = false;
    } else {
      refused_.fetch_add(1, std::memory_order_relaxed);
    }
  }
  (void)parts_.progress.wait(written, std::chrono::steady_clock::now() + kViewWait);
  return settled;
}

bool ReactorRunner::cursor_is_old() const {
  return next_ != kept_ && std::chrono::steady_clock::now() - kept_at_ >= kKeepCursorEvery;
}

Status ReactorRunner::keep_cursor() {
  if (next_ == kept_) return {};
  auto transaction = parts_.cursors.begin();
  transaction->advance(family_, next_);
  LEDGER_CHECK(parts_.cursors.commit(std::move(transaction), next_));
  kept_ = next_;
  kept_at_ = std::chrono::steady_clock::now();
  return {};
}

}  // namespace ledger
