#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
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
// A view that is new, or of a new version, starts at the log's beginning while the others stand.
// An event that cannot be folded is parked with its reason; the batch is folded again without it.
// An event whose (source, id) stands earlier in the log is skipped: the first one wins.
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
  // history is damaged; the views stay where they are.
  [[nodiscard]] Result<std::size_t> step(std::chrono::milliseconds wait);

  struct Counters {
    std::uint64_t events = 0;
    std::uint64_t batches = 0;
    std::uint64_t rows_written = 0;
    std::uint64_t duplicates = 0;
    std::uint64_t parked = 0;
  };
  [[nodiscard]] Counters counters() const;

 private:
  struct Member {  // a view and how far it has come
    std::unique_ptr<View> view;
    std::string family;
    Frontier next;       // with the current batch
    Frontier committed;  // without it
  };

  Projector(const LogReader& log, ViewStore& store, ViewProgress& progress, ParkingLot parking);
  [[nodiscard]] Status open_cursor();
  void fold(const StoredLine& stored);
  void fold_event(const Event& event, const StoredLine& stored);
  void park(const Position& position, std::string key, std::string reason, bool waiting);
  [[nodiscard]] Status commit();
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
  Frontier position_;                       // what the next commit will state
  std::map<Position, std::string> poison_;  // events that failed, and why
  ParkingLot parking_;
  std::unique_ptr<LogCursor> cursor_;
  std::shared_ptr<const ViewSnapshot> snapshot_;

  std::atomic<std::uint64_t> events_ = 0;
  std::atomic<std::uint64_t> batches_ = 0;
  std::atomic<std::uint64_t> rows_written_ = 0;
  std::atomic<std::uint64_t> duplicates_ = 0;
  std::atomic<std::uint64_t> parked_ = 0;
};

// The families that a projector writes, for opening its store.
[[nodiscard]] std::vector<std::string> projector_families();

}  // namespace ledger
