#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <thread>

#include "events/business_zone.h"
#include "events/log/log_reader.h"
#include "platform/clock.h"
#include "platform/http/router.h"
#include "projections/progress.h"
#include "projections/store/view_store.h"

namespace ledger {

// Asks the questions of which the first of a day is slow, before anybody does: what they are made
// of is worked out for a day at a time and kept (projections/store/kept.h). Once after the start,
// when the views have come to where the log ended then, when a day of the business zone begins, and
// when a view was made anew.
// On a thread of its own that lets all others go first; who asks meanwhile is answered as ever.
class WarmUp {
 public:
  // All must outlive it; the router is the filled one. Nobody is told of these questions: neither
  // its guard nor its witness is asked.
  struct Parts {
    const http::Router& router;
    const ViewStore& views;
    const ViewProgress& progress;
    const LogReader& log;
    const Clock& clock;
    BusinessZone zone;
  };
  explicit WarmUp(Parts parts) : parts_(parts) {}

  void start();
  // One look at the clock, as the thread does it again and again: whether a day was made ready.
  // What cannot be answered yet (views that are made anew, a log that is away) is asked at the next
  // one.
  bool look();

  struct Counters {
    std::uint64_t days = 0;        // that were made ready since the start
    std::int64_t last_micros = 0;  // the last one took
  };
  [[nodiscard]] Counters counters() const { return {days_.load(), last_micros_.load()}; }

 private:
  void run(const std::stop_token& stop);
  [[nodiscard]] bool views_are_there();
  [[nodiscard]] bool ask_all() const;

  Parts parts_;
  std::optional<Frontier> begin_;  // where the log ended at the first look
  std::optional<Date> ready_;
  std::uint64_t renewed_ =
      0;  // views made anew, when that day was made ready: nothing is kept after
  std::atomic<bool> stopping_ = false;
  std::atomic<std::uint64_t> days_ = 0;
  std::atomic<std::int64_t> last_micros_ = 0;
  std::jthread thread_;  // last: it uses all of the above
};

}  // namespace ledger
