#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <thread>

#include "consumers/reactors/reactor.h"
#include "events/json_codec.h"
#include "events/log/log_reader.h"
#include "platform/clock.h"
#include "producers/append/door.h"
#include "projections/progress.h"

namespace ledger {

// The families of `cursors` that a reactor of this name needs.
[[nodiscard]] std::string reactor_family(std::string_view name);

// Runs one reactor over the log, in log order, behind a durable cursor of its own: a rebuild of the
// views does not move it, and after a crash it goes on with the events it had not settled.
//
// The cursor is written once in a while and at the end: what a crash makes it see again is settled
// by the same ids. An event is settled when the door has answered everything that the reactor
// wanted to record: recorded, recorded before, or refused for good (a conflict, counted). What may
// succeed later is tried again, for as long as it takes.
//
// Of a day that begins while the rule is at the end of the log it is told then, and of the day on
// which it starts as soon as it has caught up.
//
// Threads: one of its own; counters() from any. All parts must outlive it.
class ReactorRunner {
 public:
  struct Parts {
    const LogReader& log;
    const ViewStore& views;
    ViewProgress& progress;
    AppendDoor& door;
    ViewStore& cursors;  // each runner writes its own family
    const Clock& clock;
    BusinessZone zone;
  };
  [[nodiscard]] static Result<std::unique_ptr<ReactorRunner>> start(
      std::unique_ptr<Reactor> reactor, const Parts& parts);
  ~ReactorRunner();

  struct Counters {
    std::uint64_t events = 0;    // settled
    std::uint64_t recorded = 0;  // by the reactor
    std::uint64_t refused = 0;
  };
  [[nodiscard]] Counters counters() const;
  [[nodiscard]] std::string_view name() const { return reactor_->name(); }

 private:
  ReactorRunner(std::unique_ptr<Reactor> reactor, const Parts& parts, Frontier next,
                std::unique_ptr<LogCursor> cursor);
  void run(const std::stop_token& stop);
  [[nodiscard]] Result<bool> step(const std::stop_token& stop);
  [[nodiscard]] Status turn_day(const std::stop_token& stop);
  [[nodiscard]] Status settle(const StoredLine& line, const std::stop_token& stop);
  [[nodiscard]] bool record(std::vector<Submission> submissions);
  [[nodiscard]] Status keep_cursor();
  [[nodiscard]] bool cursor_is_old() const;

  std::unique_ptr<Reactor> reactor_;
  Parts parts_;
  std::string family_;
  Frontier next_;
  std::optional<Date> turned_;  // the day that had its turn
  Frontier kept_;               // what the store holds of next_
  std::chrono::steady_clock::time_point kept_at_;
  std::unique_ptr<LogCursor> cursor_;
  JsonCodec codec_;
  std::atomic<std::uint64_t> events_ = 0;
  std::atomic<std::uint64_t> recorded_ = 0;
  std::atomic<std::uint64_t> refused_ = 0;
  std::jthread thread_;  // last: it uses all of the above
};

}  // namespace ledger
