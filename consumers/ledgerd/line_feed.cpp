#include "consumers/ledgerd/line_feed.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <utility>

#include "platform/logging.h"

namespace ledger {

namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

constexpr auto kConnectTimeout = 5s;
constexpr auto kWait = 200ms;  // how soon a stop, or one of several connections, is seen
constexpr auto kFirstPause = 500ms;
constexpr auto kLongestPause = 30s;
constexpr auto kLongestRetry = 5s;  // of a line: 3CX waits behind it

}  // namespace

Result<std::unique_ptr<LineFeed>> LineFeed::start(Options options, Take take) {
  std::optional<TcpListener> listener;
  if (!options.listen.empty()) {
    LEDGER_TRY(listener, TcpListener::listen(options.listen));
    log::info("listening for lines", {{"address", options.listen}});
  } else {
    LEDGER_CHECK(check_address(options.connect, "address"));
  }
  return std::unique_ptr<LineFeed>(
      new LineFeed(std::move(options), std::move(take), std::move(listener)));
}

LineFeed::LineFeed(Options options, Take take, std::optional<TcpListener> listener)
    : options_(std::move(options)),
      take_(std::move(take)),
      listener_(std::move(listener)),
      pauses_(kFirstPause, kLongestPause),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

LineFeed::~LineFeed() {
  thread_.request_stop();
  thread_.join();
}

void LineFeed::run(const std::stop_token& stop) {
  milliseconds wait = kWait;
  while (!stop.stop_requested()) {
    // With one connection it is the one that is waited for; who else connects waits that long.
    const bool one = open_.size() == 1;
    open_more(one ? 0ms : wait, stop);
    wait = kWait;
    for (auto connection = open_.begin(); connection != open_.end();) {
      const Heard heard = hear(*connection, one ? kWait : 0ms, stop);
      if (heard == Heard::kSomething) wait = 0ms;
      connection = heard == Heard::kEnd ? open_.erase(connection) : connection + 1;
    }
    connections_ = open_.size();
  }
  for (Connection& connection : open_) end(connection, stop);
  open_.clear();
}

void LineFeed::open_more(milliseconds wait, const std::stop_token& stop) {
  if (listener_) {
    auto accepted = listener_->accept(wait);
    if (!accepted) {
      log::warning("no connection for lines", {{"reason", accepted.error().message}});
      return pause(kFirstPause, stop);
    }
    if (*accepted) open(**std::move(accepted), stop);
    return;
  }
  if (!open_.empty()) return;
  auto connected = TcpStream::connect(options_.connect, kConnectTimeout);
  if (connected) {
    away_ = false;
    return open(*std::move(connected), stop);
  }
  if (!std::exchange(away_, true)) {
    log::warning("the sender of lines is away",
                 {{"address", options_.connect}, {"reason", connected.error().message}});
  }
  pause(pauses_.next(), stop);
}

void LineFeed::open(TcpStream stream, const std::stop_token& stop) {
  if (open_.size() == kConnectionsMax) {
    const auto oldest = std::min_element(
        open_.begin(), open_.end(),
        [](const auto& left, const auto& right) { return left.heard < right.heard; });
    log::warning("too many connections for lines; one that is silent is closed");
    end(*oldest, stop);
    open_.erase(oldest);
  }
  open_.push_back({std::move(stream), std::chrono::steady_clock::now()});
  connections_ = open_.size();
  log::info("a sender of lines is connected");
}

LineFeed::Heard LineFeed::hear(Connection& connection, milliseconds wait,
                               const std::stop_token& stop) {
  const auto bytes = connection.stream.read(wait);
  if (!bytes) {
    log::info("a sender of lines has gone", {{"reason", bytes.error().message}});
    end(connection, stop);
    // One that takes us and closes at once is not hurried either.
    if (!listener_) pause(pauses_.next(), stop);
    return Heard::kEnd;
  }
  if (bytes->empty()) return Heard::kNothing;
  connection.heard = std::chrono::steady_clock::now();
  pauses_.reset();
  split(connection, *bytes, stop);
  return Heard::kSomething;
}

void LineFeed::split(Connection& connection, const std::string& bytes,
                     const std::stop_token& stop) {
  for (std::size_t from = 0; from < bytes.size();) {
    const std::size_t end = std::min(bytes.find('\n', from), bytes.size());
    const bool whole = end < bytes.size();
    if (!connection.passing) connection.rest.append(bytes, from, end - from);
    from = end + 1;
    if (connection.rest.size() > options_.line_bytes_max) {
      connection.rest.resize(options_.line_bytes_max);
      hand_over(connection.rest, Cut::kLength, stop);
      connection.rest.clear();
      connection.passing = true;
    }
    if (!whole) return;
    if (connection.rest.ends_with('\r')) connection.rest.pop_back();
    if (!connection.rest.empty()) hand_over(connection.rest, Cut::kWhole, stop);
    connection.rest.clear();
    connection.passing = false;
  }
}

void LineFeed::end(Connection& connection, const std::stop_token& stop) {
  if (!connection.rest.empty()) hand_over(connection.rest, Cut::kDisconnect, stop);
  connection.rest.clear();
}

void LineFeed::hand_over(const std::string& line, Cut cut, const std::stop_token& stop) {
  Backoff pauses(kFirstPause, kLongestRetry);
  while (!take_(line, cut)) {
    if (stop.stop_requested()) {
      return log::error("a line was not taken before the end and is lost",
                        {{"bytes", static_cast<std::int64_t>(line.size())}});
    }
    pause(pauses.next(), stop);
  }
}

void LineFeed::pause(milliseconds time, const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any waiting;
  std::unique_lock lock(mutex);
  waiting.wait_for(lock, stop, time, [] { return false; });
}

}  // namespace ledger
