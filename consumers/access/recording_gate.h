#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>

#include "consumers/access/recording.h"
#include "events/business_zone.h"
#include "events/log/log_reader.h"
#include "platform/clock.h"
#include "producers/append/authorise.h"
#include "producers/append/door.h"
#include "projections/progress.h"
#include "projections/store/view_store.h"

namespace ledger {

// Judges what comes in over the API by recording.h. Machines are judged at once; whose client it is
// that a person speaks of, and what he amends, is looked up in the views and the log, by all that
// the door has had acknowledged: on one thread of its own, as the network's must not wait. A queue
// that is full, and views that are behind, are kUnavailable.
class RecordingGate {
 public:
  static constexpr std::size_t kWaitingMax = 256;  // batches of people

  // All must outlive it.
  struct Parts {
    const AppendDoor& door;
    const LogReader& log;
    const ViewStore& views;
    const ViewProgress& progress;
    const Clock& clock;
    BusinessZone zone;
  };
  explicit RecordingGate(Parts parts);
  // What still waits is told that the server is stopping.
  ~RecordingGate();

  // As Authorise: on the caller's thread where the way is not kAppend, which may wait.
  void judge(RecordingRequest request, Judged judged);
  [[nodiscard]] Authorise authorise() {
    return [this](RecordingRequest request, Judged judged) {
      judge(std::move(request), std::move(judged));
    };
  }

 private:
  [[nodiscard]] std::vector<Verdict> look(const RecordingRequest& request) const;
  [[nodiscard]] Result<std::vector<Verdict>> looked(const RecordingRequest& request) const;
  [[nodiscard]] Result<AmendedEvents> amended_by(const EventData& data,
                                                 const ViewSnapshot& snapshot) const;
  [[nodiscard]] Result<std::optional<Event>> find(const std::string& source, const std::string& id,
                                                  const ViewSnapshot& snapshot,
                                                  bool standing) const;
  [[nodiscard]] Status read_corrected(Event& event, const Position& by) const;
  void run(const std::stop_token& stop);

  Parts parts_;
  std::mutex mutex_;
  std::condition_variable_any work_;
  std::deque<std::pair<RecordingRequest, Judged>> waiting_;
  std::jthread thread_;  // last: it uses all of the above
};

}  // namespace ledger
