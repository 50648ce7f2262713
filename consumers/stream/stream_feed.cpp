#include "consumers/stream/stream_feed.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "platform/json_writer.h"

namespace ledger::stream {

namespace {

using std::chrono::milliseconds;

constexpr auto kTurnWait = milliseconds(100);
constexpr auto kRoomWait = milliseconds(10);  // for a listener to take what waits
constexpr std::size_t kBatchEvents = 1000;
constexpr std::size_t kBatchBytes = std::size_t{4} * 1024 * 1024;
constexpr std::size_t kPageBytes = 512 * 1024;
// Read before the first listener comes, so that all who come again after a restart are served by
// it.
constexpr std::int64_t kAtStartEvents = limits::kStreamRecentEventsMax / 4;

Frontier shortly_before(Frontier reached) {
  const auto each = kAtStartEvents / std::max<std::int64_t>(1, std::ssize(reached.next));
  for (auto& next : reached.next) next = std::max<std::int64_t>(0, next - each);
  return reached;
}

// Events from the one up to the other.
std::int64_t distance(const Frontier& from, const Frontier& to) {
  std::int64_t sum = 0;
  for (std::size_t p = 0; p < to.next.size(); ++p) {
    sum += std::max<std::int64_t>(0, to.next[p] - (p < from.next.size() ? from.next[p] : 0));
  }
  return sum;
}

}  // namespace

StreamFeed::StreamFeed(const Parts& parts) : parts_(parts) {}

StreamFeed::~StreamFeed() {
  thread_ = {};
  for (const auto& listener : listeners_) listener->close();
  for (const auto& listener : newcomers_) listener->close();
}

void StreamFeed::start() {
  head_.start();
  thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

void StreamFeed::run(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    if (is_idle()) {
      std::unique_lock lock(mutex_);
      came_.wait(lock, stop, [this] { return !newcomers_.empty(); });
      continue;
    }
    turn(std::chrono::steady_clock::now(), kTurnWait);
  }
}

void StreamFeed::listen(Ask ask, Seats::Seat seat, std::shared_ptr<http::EventSink> sink) {
  {
    const std::lock_guard lock(mutex_);
    newcomers_.push_back(
        std::make_unique<Listener>(std::move(ask), std::move(seat), std::move(sink)));
  }
  came_.notify_all();
}

Result<bool> StreamFeed::sees_client(const std::shared_ptr<const Principal>& principal,
                                     const ClientId& client) const {
  const auto views = parts_.views.current();
  const Date today = parts_.zone.local_day(parts_.clock.now());
  LEDGER_TRY(auto scope, Scope::of(principal.get(), *views, today, parts_.zone));
  return scope.sees_client(client.text());
}

// While nobody listens the log is not read.
bool StreamFeed::is_idle() {
  const std::lock_guard lock(mutex_);
  if (!listeners_.empty() || !newcomers_.empty()) return false;
  recent_.reset();
  cursor_.reset();
  older_.reset();
  pending_.clear();
  damaged_ = false;
  return true;
}

void StreamFeed::turn(Moment now, milliseconds wait) {
  take_newcomers(now);
  if (!recent_) return;
  read_on(wait);
  const Frontier reached = parts_.progress.reached();
  if (distance(recent_->end(), reached) > limits::kStreamResumeEventsMax) jump("too-many-at-once");
  show_covered(reached);
  // After what it is to tell of: the views of now are never older.
  Audience audience(parts_.views.current(), parts_.zone.local_day(parts_.clock.now()), parts_.zone);
  more_ = false;
  bring_up(audience);
  for (const auto& listener : listeners_) tell(*listener, audience, now);
  if (now >= next_beat_) beat(now);
  for (const auto& listener : listeners_) {
    if (!listener->end_if_shut_out()) listener->flush(now);
  }
  forget_gone(now);
}

void StreamFeed::take_newcomers(Moment now) {
  std::vector<std::unique_ptr<Listener>> came;
  {
    const std::lock_guard lock(mutex_);
    came.swap(newcomers_);
  }
  if (came.empty()) return;
  const Frontier reached = parts_.progress.reached();
  if (!recent_) {
    recent_.emplace(shortly_before(reached), limits::kStreamRecentEventsMax);
    next_beat_ = now + limits::kBeatEvery;
  }
  std::string first_beat;
  for (auto& listener : came) {
    if (!listener->open()) continue;
    if (admit(*listener, reached, now)) {
      if (first_beat.empty()) first_beat = beat_json();
      listener->beat(first_beat);
      listeners_.push_back(std::move(listener));
    } else {  // the log is away, and nobody knows whether it is his; he is asked again
      const std::lock_guard lock(mutex_);
      newcomers_.push_back(std::move(listener));
    }
  }
}

bool StreamFeed::admit(Listener& listener, const Frontier& reached, Moment now) {
  const Ask& ask = listener.ask();
  std::string_view refusal;
  Frontier from = ask.from.value_or(reached);
  if (ask.unreadable_from) {
    refusal = "unreadable";
  } else if (from.next.size() > reached.next.size()) {
    refusal = "not-of-this-log";
  } else if (!reached.covers(from)) {
    const auto end = head_.ask();
    if (!end) return false;
    if (!end->covers(from)) refusal = "beyond-the-end";
  }
  if (refusal.empty() && distance(from, reached) > limits::kStreamResumeEventsMax) {
    refusal = "too-old";
  }
  from.next.resize(reached.next.size(), 0);
  listener.begin(std::move(from), now);
  if (!refusal.empty()) listener.owe_jump(refusal, reached);
  return true;
}

void StreamFeed::read_on(milliseconds wait) {
  if (more_) wait = milliseconds(0);
  const bool blocked = std::any_of(listeners_.begin(), listeners_.end(),
                                   [&](const auto& listener) { return !listener->has_room(); });
  if (blocked) wait = std::min<milliseconds>(wait, kRoomWait);
  if (!damaged_ && pending_.empty()) {
    if (!cursor_) {
      if (auto opened = parts_.log.cursor(recent_->end())) cursor_ = *std::move(opened);
    }
    if (cursor_) {
      const auto lines = cursor_->poll(kBatchEvents, kBatchBytes, wait);
      if (lines) return take_in(*lines);
      damaged_ = lines.error().code == ErrorCode::kCorrupt;
      if (damaged_) jump("gap");
    }
  }
  // What is read is not shown yet, or the log is away, or damaged.
  Frontier first = recent_->end();
  if (!pending_.empty()) first.include(pending_.front().position);
  if (pending_.empty()) {
    first.next.assign(first.next.size(), std::numeric_limits<std::int64_t>::max());
  }
  (void)parts_.progress.wait(first, std::chrono::steady_clock::now() + wait);
}

void StreamFeed::take_in(const std::vector<StoredLine>& lines) {
  pending_.reserve(lines.size());
  for (const auto& line : lines) pending_.push_back(heard(line, codec_));
}

// Of each partition what the views show is a beginning of what was read.
void StreamFeed::show_covered(const Frontier& reached) {
  std::vector<HeardEvent> left;
  for (auto& event : pending_) {
    if (!reached.covers(event.position)) {
      left.push_back(std::move(event));
    } else if (!recent_->add(std::move(event))) {
      jump("gap");
      return;
    }
  }
  pending_ = std::move(left);
}

// Everybody goes on from what the views show.
void StreamFeed::jump(std::string_view reason) {
  const Frontier reached = parts_.progress.reached();
  recent_.emplace(reached, limits::kStreamRecentEventsMax);
  pending_.clear();
  cursor_.reset();
  older_.reset();
  for (const auto& listener : listeners_) listener->owe_jump(reason, reached);
}

// One page for one of those who are further back than what is kept.
void StreamFeed::bring_up(Audience& audience) {
  const auto needs = [&](const auto& listener) {
    return listener->has_room() && !recent_->reaches_back_to(listener->next());
  };
  auto found = std::find_if(listeners_.begin(), listeners_.end(), [&](const auto& listener) {
    return listener.get() == brought_up_ && needs(listener);
  });
  if (found == listeners_.end()) {
    older_.reset();
    found = std::find_if(listeners_.begin(), listeners_.end(), needs);
  }
  if (found == listeners_.end()) return;
  brought_up_ = found->get();
  const std::int64_t before = brought_up_->next().total();
  if (!bring_up(**found, audience)) older_.reset();
  more_ = brought_up_->next().total() != before;
}

// False: the cursor is not where the listener is.
bool StreamFeed::bring_up(Listener& listener, Audience& audience) {
  if (!older_) {
    auto opened = parts_.log.cursor(listener.next());
    if (!opened) return false;
    older_ = *std::move(opened);
  }
  const auto lines = older_->poll(limits::kStreamPageEvents, kPageBytes, kTurnWait);
  if (!lines) {
    if (lines.error().code != ErrorCode::kCorrupt) return true;  // the log is away: polled again
    listener.owe_jump("gap", parts_.progress.reached());
    return false;
  }
  bool whole = true;
  for (const auto& line : *lines) {
    const auto partition = static_cast<std::size_t>(line.position.partition);
    // Not shown yet, or nobody to take it: read again when it is its turn.
    if (!listener.has_room() || line.position.offset >= recent_->end().next[partition]) {
      whole = false;
      continue;
    }
    const auto next = listener.next().next[partition];
    if (!whole && line.position.offset > next) continue;
    if (line.position.offset != next) {
      listener.owe_jump("gap", parts_.progress.reached());
      return false;
    }
    const auto told = listener.pass(heard(line, codec_), audience);
    if (!told) return false;
    if (*told) events_.fetch_add(1, std::memory_order_relaxed);
  }
  return whole;
}

void StreamFeed::tell(Listener& listener, Audience& audience, Moment now) {
  if (listener.settle(now)) resets_.fetch_add(1, std::memory_order_relaxed);
  if (!recent_->reaches_back_to(listener.next())) return;
  std::size_t passed = 0;
  for (std::size_t p = 0; p < recent_->end().next.size(); ++p) {
    while (listener.has_room()) {
      const HeardEvent* event = recent_->find(p, listener.next().next[p]);
      if (event == nullptr) break;
      if (++passed > limits::kStreamPageEvents) {
        more_ = true;
        return;
      }
      const auto told = listener.pass(*event, audience);
      if (!told) return;  // the views cannot be read now: it is asked again
      if (*told) events_.fetch_add(1, std::memory_order_relaxed);
      if (listener.settle(now)) resets_.fetch_add(1, std::memory_order_relaxed);
    }
  }
  if (listener.has_written() && !listener.has_room()) more_ = true;
}

void StreamFeed::beat(Moment now) {
  next_beat_ = now + limits::kBeatEvery;
  const std::string json = beat_json();
  for (const auto& listener : listeners_) listener->beat(json);
}

// What is not known, the log being away, is null.
std::string StreamFeed::beat_json() {
  const auto end = head_.ask();
  const Frontier reached = parts_.progress.reached();
  const Timestamp now = parts_.clock.now();
  Timestamp oldest = now;
  for (const auto& event : pending_) {
    if (!event.type.empty()) oldest = std::min(oldest, event.recorded_time);
  }
  JsonWriter json;
  json.begin_object();
  const auto member = [&](std::string_view name, bool known, const auto& value) {
    if (known) {
      json.member(name, value());
    } else {
      json.key(name).null();
    }
  };
  member("head", end.has_value(), [&] { return to_string(*end); });
  json.member("applied", to_string(reached));
  member("lag_events", end.has_value(), [&] { return distance(reached, *end); });
  json.member("lag_seconds", std::chrono::floor<std::chrono::seconds>(now - oldest).count());
  json.member("server_time", format_timestamp(now));
  json.end_object();
  return json.take();
}

void StreamFeed::forget_gone(Moment now) {
  std::erase_if(listeners_, [&](const auto& listener) {
    if (listener->is_stuck(now)) {
      dropped_.fetch_add(1, std::memory_order_relaxed);
      listener->drop();
    } else if (listener->is_over(now)) {
      listener->close();
    } else if (listener->open()) {
      return false;
    }
    if (listener.get() == brought_up_) {
      brought_up_ = nullptr;
      older_.reset();
    }
    return true;
  });
}

StreamFeed::Counters StreamFeed::counters() const {
  return {events_.load(), resets_.load(), dropped_.load(), seats_.taken()};
}

void add_stream_metrics(Metrics& metrics, const StreamFeed& feed) {
  metrics.gauge("ledger_stream_listeners", "Who listens at GET /v1/stream.", {},
                [&feed] { return static_cast<double>(feed.counters().listeners); });
  const auto counter = [&](const char* name, const char* help,
                           std::uint64_t StreamFeed::Counters::* member) {
    metrics.counter(name, help, {},
                    [&feed, member] { return static_cast<double>(feed.counters().*member); });
  };
  counter("ledger_stream_events_total", "Events told, over all listeners.",
          &StreamFeed::Counters::events);
  counter("ledger_stream_resets_total", "Listeners told to fetch everything anew.",
          &StreamFeed::Counters::resets);
  counter("ledger_stream_dropped_total", "Listeners given up because they were too slow.",
          &StreamFeed::Counters::dropped);
}

}  // namespace ledger::stream
