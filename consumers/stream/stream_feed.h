#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "consumers/stream/listener.h"
#include "consumers/stream/log_head.h"
#include "consumers/stream/recent_events.h"
#include "consumers/stream/seats.h"
#include "events/business_zone.h"
#include "events/log/log_reader.h"
#include "platform/clock.h"
#include "platform/limits.h"
#include "platform/metrics.h"
#include "projections/progress.h"
#include "projections/store/view_store.h"

namespace ledger::stream {

// Tells everybody who listens of each event, once the views show it: from the frontier where his
// last answer stood, each event after it once, partitions each in order. Where that cannot be kept
// he is told `reset` and goes on from what the views show then; a gap is never silence.
//
// One thread of its own feeds all of them (start()), or turns are taken by hand. It reads the log
// once for all who are at the head; who has been away longer is brought up by pages of his own. A
// listener takes no more memory than limits::kPushedBytesMax, and a slow one is dropped.
class StreamFeed {
 public:
  struct Parts {  // all must outlive the feed
    const LogReader& log;
    const ViewStore& views;
    const ViewProgress& progress;
    const Clock& clock;
    BusinessZone zone;
  };
  explicit StreamFeed(const Parts& parts);
  ~StreamFeed();  // ends what is open
  void start();

  // From any thread.
  [[nodiscard]] Seats& seats() { return seats_; }
  [[nodiscard]] Result<bool> sees_client(const std::shared_ptr<const Principal>& principal,
                                         const ClientId& client) const;
  [[nodiscard]] Frontier shown() const { return parts_.progress.reached(); }
  void listen(Ask ask, Seats::Seat seat, std::shared_ptr<http::EventSink> sink);

  // Takes in who came, reads on, tells what there is to tell, waiting up to `wait` for news.
  void turn(Moment now, std::chrono::milliseconds wait);

  struct Counters {
    std::uint64_t events = 0;   // sent, over all listeners
    std::uint64_t resets = 0;   // sent
    std::uint64_t dropped = 0;  // listeners that were too slow
    std::size_t listeners = 0;
  };
  [[nodiscard]] Counters counters() const;

 private:
  void run(const std::stop_token& stop);
  void take_newcomers(Moment now);
  [[nodiscard]] bool admit(Listener& listener, const Frontier& reached, Moment now);
  [[nodiscard]] bool is_idle();
  void read_on(std::chrono::milliseconds wait);
  void take_in(const std::vector<StoredLine>& lines);
  void show_covered(const Frontier& reached);
  void jump(std::string_view reason);
  void bring_up(Audience& audience);
  [[nodiscard]] bool bring_up(Listener& listener, Audience& audience);
  void tell(Listener& listener, Audience& audience, Moment now);
  void beat(Moment now);
  [[nodiscard]] std::string beat_json();
  void forget_gone(Moment now);

  Parts parts_;
  LogHead head_{parts_.log};
  Seats seats_{limits::kListenersMax};
  std::mutex mutex_;
  std::condition_variable_any came_;
  std::vector<std::unique_ptr<Listener>> newcomers_;  // under the mutex

  std::vector<std::unique_ptr<Listener>> listeners_;
  std::optional<RecentEvents> recent_;  // absent while nobody listens
  std::unique_ptr<LogCursor> cursor_;   // at the end of recent_ and pending_
  std::vector<HeardEvent> pending_;     // read, and not shown by the views yet
  bool damaged_ = false;
  const Listener* brought_up_ = nullptr;  // by whom the next is read
  std::unique_ptr<LogCursor> older_;
  bool more_ = false;  // there is more to tell at once
  Moment next_beat_{};
  JsonCodec codec_;
  std::atomic<std::uint64_t> events_ = 0;
  std::atomic<std::uint64_t> resets_ = 0;
  std::atomic<std::uint64_t> dropped_ = 0;
  std::jthread thread_;  // last: it uses all of the above
};

// ledger_stream_listeners, ledger_stream_events_total, ledger_stream_resets_total and
// ledger_stream_dropped_total. The feed must outlive the metrics' last use.
void add_stream_metrics(Metrics& metrics, const StreamFeed& feed);

}  // namespace ledger::stream
