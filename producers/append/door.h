#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

#include "events/business_zone.h"
#include "events/envelope.h"
#include "events/json_codec.h"
#include "events/log/log_reader.h"
#include "events/log/log_writer.h"
#include "events/privacy/key_ring.h"
#include "platform/clock.h"
#include "projections/progress.h"
#include "projections/store/view_store.h"

namespace ledger {

// What the ledger vouches for once it has answered.
struct Receipt {
  std::string id;
  std::string source;
  Position position;
  std::string leaf_hash;   // hex of SHA-256(0x00 || line), the RFC 9162 leaf of the stored bytes
  bool duplicate = false;  // the event was here already; position and hash are those of the first
};

class EarlierInBatch;
class MoneyChecks;

// The one door: everything that enters the log goes through append().
//
// In this order: validate, match to client and manager, dedupe, stamp, seal the texts of persons,
// append, and answer only after the log has acknowledged. A batch is refused whole if one of its
// events is (its own error there, kNotAttempted elsewhere). Dedupe is by (source, id), without a
// time window: the same body gets the first receipt again, another body is kConflict. Whoever hands
// an event in, no line enters the log that could not be read back from it. Of two amendments of one
// event the second is judged by what the first made of it; both in one batch are kConflict.
//
// Errors besides those of validation: kUnavailable (log away, queue full, index behind;
// nothing was persisted), kPossiblyPersisted (retry with the same id and the index will tell).
//
// Threads: append() may be called from any and does not block. What cannot be answered without
// waiting (an amendment, an event in doubt, a client registered a moment ago) goes through one slow
// lane, a thread of the door's own. `done` is called once, from a thread of the log or the door,
// and must only hand over. The destructor waits until the log has answered all that it was given.
class AppendDoor {
 public:
  using Outcome = Result<Receipt>;
  using Done = std::function<void(std::vector<Outcome>)>;

  // All parts must outlive the door.
  struct Parts {
    LogWriter& writer;
    const LogReader& reader;
    const ViewStore& views;
    const ViewProgress& progress;
    const Clock& clock;
    BusinessZone zone;
    // By which texts of persons are sealed; `reader` opens them. Null: they stay in the clear.
    privacy::KeyRing* keys = nullptr;
  };
  // `index_target`: where the log ended when the process started. No append is answered before the
  // index has come that far.
  AppendDoor(Parts parts, Frontier index_target);
  ~AppendDoor();

  void append(std::vector<Submission> batch, Done done);
  // Index caught up since the start, and no view is being made anew: what stands still meanwhile
  // knows nothing of the last events.
  [[nodiscard]] bool ready() const;
  // Everything that this door has had acknowledged.
  [[nodiscard]] Frontier acknowledged() const;

  struct Counters {
    std::uint64_t accepted = 0;
    std::uint64_t duplicates = 0;
    std::uint64_t refused = 0;
    std::uint64_t failed = 0;  // the log did not take them
  };
  [[nodiscard]] Counters counters() const;

 private:
  struct Recent;    // an event that the index does not show yet
  struct Prepared;  // one event on its way
  struct Batch;     // the events of one call

  enum class Lane { kFast, kSlow };
  enum class Step { kReady, kNeedsSlowLane };
  void process(const std::shared_ptr<Batch>& batch, Lane lane);
  [[nodiscard]] bool admit(const std::shared_ptr<Batch>& batch, Lane lane);
  [[nodiscard]] Status check(const Submission& submission, Timestamp now) const;
  [[nodiscard]] Step prepare(Batch& batch, Lane lane);
  [[nodiscard]] Result<Step> dedupe(Prepared& event, Lane lane);
  // Its outcome, where the views show it already.
  [[nodiscard]] Status find_indexed(Prepared& event) const;
  // What is known of the events before it in its batch.
  struct Earlier;
  [[nodiscard]] Result<Step> stamp(Prepared& event, const Earlier& earlier, MoneyChecks& money,
                                   Lane lane);
  [[nodiscard]] bool claim(const std::shared_ptr<Batch>& batch, std::uint64_t generation);
  // Its bytes, and their hash.
  [[nodiscard]] Status write_line(Prepared& event, Submission submission,
                                  const ViewSnapshot& known) const;
  [[nodiscard]] Status keep_keys(const Batch& batch) const;
  void refuse(Batch& batch);
  // Whether any event is taken now.
  [[nodiscard]] Status open();
  void submit(const std::shared_ptr<Batch>& batch);
  void settle(const std::shared_ptr<Batch>& batch, std::size_t index, Outcome outcome);
  void finish(Batch& batch);
  void run_slow_lane(const std::stop_token& stop);
  [[nodiscard]] Status wait_for_index(const Frontier& wanted) const;
  // Until the log has answered every amendment that went before; what it kept in silence is
  // indexed.
  [[nodiscard]] Status wait_for_amendments();
  void forget_indexed();
  void settle_doubts();

  Parts parts_;
  Frontier index_target_;
  JsonCodec slow_codec_;  // the slow lane's

  mutable std::mutex mutex_;
  std::condition_variable_any slow_work_;
  std::deque<std::shared_ptr<Batch>> slow_lane_;
  std::unordered_map<std::string, std::shared_ptr<Recent>> recent_;
  Frontier acknowledged_;                    // everything this door has had acknowledged
  Frontier directory_changed_;               // the part of it that the directory depends on
  std::uint64_t forgotten_ = 0;              // grows when entries leave recent_
  std::condition_variable answered_;         // by the log
  std::size_t on_their_way_ = 0;             // events that the log has not answered
  std::size_t amendments_on_their_way_ = 0;  // those of them that amend
  bool amendment_doubtful_ = false;          // the log may have kept one, and the index not show it
  bool too_many_doubts_ = false;             // the slow lane is to find out what became of them
  Counters counters_;
  std::size_t forget_at_ = 4096;
  std::jthread slow_thread_;  // last: it uses all of the above
};

}  // namespace ledger
