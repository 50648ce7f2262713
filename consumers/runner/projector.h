#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "consumers/runner/parking.h"
#include "events/json_codec.h"
#include "events/log/log_reader.h"
#include "projections/catalogue.h"
#include "projections/progress.h"
#include "projections/seen/seen.h"
#include "projections/store/view_store.h"

namespace ledger {

// Reads the log and folds it into all views: rows and offsets go into one synced commit, so after a
// crash both are as of the same event and the rest is read again. The batch grows with the lag:
// what is there is taken, up to limits::kProjectorBatchEventsMax.
//
// A view that is new, or of a new version, or of which a row cannot be read, is folded from the
// log's beginning while the others stand: readers are told to ask again until it stands where they
// do (store/renewals.h), and the position that the views state is the others'. An event that cannot
// be folded is parked with its reason; the batch is folded again without it. Where some views hold
// it already, all of them are made anew without it, and so they are where it is not known what was
// parked: none ever lacks what another shows. An event whose (source, id) stands earlier in the log
// is skipped: the first one wins. So while the dedupe index is made anew, nothing new is folded.
//
// One thread; counters() and failure() from any.
class Projector {
 public:
  // All three must outlive the projector.
  [[nodiscard]] static Result<std::unique_ptr<Projector>> open(const LogReader& log,
                                                               ViewStore& store,
                                                               ViewProgress& progress);

  // Folds and commits what the log has to offer now, waiting up to `wait` for the first event.
  // Returns how many events it took. kUnavailable: log or store are away, call again. kCorrupt: the
  // history is damaged, or a view cannot be read again and again; the views stay where they are.
  [[nodiscard]] Result<std::size_t> step(std::chrono::milliseconds wait);

  struct Counters {
    std::uint64_t events = 0;
    std::uint64_t batches = 0;
    std::uint64_t rows_written = 0;
    std::uint64_t duplicates = 0;
    std::uint64_t parked = 0;
    std::uint64_t unreadable = 0;  // views that were made anew for a row of theirs
  };
  [[nodiscard]] Counters counters() const;
  // Of a step that was kCorrupt: whether it is the log that is damaged; else the views are.
  [[nodiscard]] bool log_is_damaged() const { return log_is_damaged_; }

 private:
  struct Member {  // a view and how far it has come
    std::unique_ptr<View> view;
    std::string family;
    Frontier next;       // with the current batch
    Frontier committed;  // without it
  };

  Projector(const LogReader& log, ViewStore& store, ViewProgress& progress, ParkingLot parking);
  [[nodiscard]] Status open_cursor();
  // At the start: where the views stand, and which of them do not yet.
  [[nodiscard]] Status take_stock();
  [[nodiscard]] Status take_stock_of_parked();
  void set_all_aside(RenewalCause cause, const std::string& detail);
  [[nodiscard]] bool is_held(const Position& position) const;
  // Sets aside and empties what readers could not read.
  [[nodiscard]] Status renew_reported();
  [[nodiscard]] Status empty_set_aside();
  void give_back();
  void fold(const StoredLine& stored);
  void fold_event(const Event& event, const StoredLine& stored);
  [[nodiscard]] bool is_first(const Event& event, const StoredLine& stored, bool new_to_seen);
  void park(const Position& position, std::string key, std::string reason, bool waiting);
  [[nodiscard]] Status commit(std::size_t taken);
  void discard();

  const LogReader& log_;
  ViewStore& store_;
  ViewProgress& progress_;
  JsonCodec codec_;
  std::vector<Member> members_;
  seen::Batch seen_;
  std::string seen_family_;
  Frontier seen_next_;
  Frontier seen_committed_;
  Frontier position_;               // how far this cursor is
  Frontier standing_;               // what the views state: all of them but those set aside
  std::set<std::string> to_empty_;  // set aside, and what they hold is none of theirs
  std::map<std::string, std::uint64_t> unreadable_times_;  // by view
  std::map<Position, std::string> poison_;                 // events that failed, and why
  bool passed_over_ = false;  // the cursor is behind events that wait for the index
  ParkingLot parking_;
  std::unique_ptr<LogCursor> cursor_;
  std::shared_ptr<const ViewSnapshot> snapshot_;

  std::atomic<std::uint64_t> events_ = 0;
  std::atomic<std::uint64_t> batches_ = 0;
  std::atomic<std::uint64_t> rows_written_ = 0;
  std::atomic<std::uint64_t> duplicates_ = 0;
  std::atomic<std::uint64_t> parked_ = 0;
  std::atomic<std::uint64_t> unreadable_ = 0;
  std::atomic<bool> log_is_damaged_ = false;
};

// The families that a projector writes, for opening its store.
[[nodiscard]] std::vector<std::string> projector_families();
// What their rows look like, by family, for the same: what is parked has a shape, too.
[[nodiscard]] std::map<std::string, std::string> projector_shapes();

}  // namespace ledger
