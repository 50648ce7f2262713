#pragma once

#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "events/business_zone.h"
#include "platform/clock.h"
#include "platform/metrics.h"
#include "platform/result.h"
#include "projections/sources/queries.h"
#include "projections/store/view_store.h"

namespace ledger {

// Looks once a minute which sources are silent for unusually long (projections/sources/silence.h),
// writes a line into the server's log when one falls silent and when it speaks again, and keeps
// the figures for the metrics.
//
// Threads: one of its own, between start() and the destructor; everything else from any. All parts
// must outlive it.
class SourceWatch {
 public:
  // Figures are kept of so many sources, by name, of those that are heard often enough to be
  // judged: a label for each is what Prometheus pays for.
  static constexpr std::size_t kWatchedMax = 100;

  struct Parts {
    const ViewStore& views;
    const Clock& clock;
    BusinessZone zone;
    std::int64_t silence_minutes = sources::kSilentMinutesMinDefault;
    // Whether the views have come to where the log ended at the start: before that a source looks
    // silent that is not.
    std::function<bool()> is_current;
  };
  explicit SourceWatch(Parts parts) : parts_(std::move(parts)) {}
  void start();

  struct Change {
    std::string source;
    sources::Silence now;  // silent, or speaking again
  };
  // One look: what has changed since the last one. A source that is silent at the first one counts
  // as a change; one that is given up is none. Nothing while the views are not current.
  [[nodiscard]] Result<std::vector<Change>> look();

  struct Figures {
    std::map<std::string, sources::Silence> watched;
    std::size_t beyond = 0;  // judged, but over kWatchedMax
  };
  [[nodiscard]] Figures figures() const;  // of the last look

 private:
  void run(const std::stop_token& stop);

  Parts parts_;
  mutable std::mutex mutex_;
  Figures figures_;
  std::jthread thread_;  // last: it uses all of the above
};

// ledger_source_silent, ledger_source_silent_minutes and how many sources are over the limit. The
// watch must outlive the metrics' last use.
void add_source_metrics(Metrics& metrics, const SourceWatch& watch);

}  // namespace ledger
