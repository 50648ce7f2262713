#include "consumers/runner/projector.h"

#include <algorithm>
#include <utility>

#include "platform/limits.h"
#include "projections/effects.h"

namespace ledger {

namespace {

// An event that a fold choked on. The batch is dropped and read again without it.
struct Poison : std::runtime_error {
  Poison(const Position& at, const std::string& why) : std::runtime_error(why), position(at) {}
  Position position;
};

std::int64_t& next_of(Frontier& frontier, const Position& position) {
  return frontier.next[static_cast<std::size_t>(position.partition)];
}

Frontier common(const Frontier& left, const Frontier& right) {
  Frontier least = left;
  for (std::size_t i = 0; i < least.next.size(); ++i) {
    least.next[i] = std::min(least.next[i], right.next[i]);
  }
  return least;
}

}  // namespace

std::vector<std::string> projector_families() {
  auto families = all_families();
  families.emplace_back(kParkedFamily);
  return families;
}

Projector::Projector(const LogReader& log, ViewStore& store, ViewProgress& progress,
                     ParkingLot parking)
    : log_(log),
      store_(store),
      progress_(progress),
      seen_family_(family_of(seen::kName, seen::kVersion)),
      parking_(std::move(parking)) {}

Result<std::unique_ptr<Projector>> Projector::open(const LogReader& log, ViewStore& store,
                                                   ViewProgress& progress) {
  LEDGER_TRY(auto parking, ParkingLot::load(*store.current()));
  std::unique_ptr<Projector> projector(new Projector(log, store, progress, std::move(parking)));
  const auto families = all_families();
  auto views = all_views();
  for (std::size_t i = 0; i < views.size(); ++i) {
    LEDGER_TRY(auto next, store.progress(families[i], log.partitions()));
    projector->members_.push_back({std::move(views[i]), families[i], next, next});
  }
  LEDGER_TRY(projector->seen_next_, store.progress(projector->seen_family_, log.partitions()));
  projector->seen_committed_ = projector->seen_next_;
  progress.advance(store.current()->position());
  return projector;
}

Status Projector::open_cursor() {
  position_ = seen_next_;
  for (const auto& member : members_) position_ = common(position_, member.next);
  LEDGER_TRY(cursor_, log_.cursor(position_));
  return {};
}

Result<std::size_t> Projector::step(std::chrono::milliseconds wait) {
  std::size_t taken = 0;
  try {
    if (!cursor_) LEDGER_CHECK(open_cursor());
    snapshot_ = store_.current();
    for (auto& member : members_) member.view->batch().read_from(*snapshot_);
    seen_.read_from(*snapshot_);
    std::size_t bytes = 0;
    while (taken < limits::kProjectorBatchEventsMax && bytes < limits::kProjectorBatchBytesMax) {
      auto lines = cursor_->poll(limits::kProjectorBatchEventsMax - taken,
                                 limits::kProjectorBatchBytesMax - bytes,
                                 taken == 0 ? wait : std::chrono::milliseconds(0));
      if (!lines) {
        if (taken == 0 || lines.error().code == ErrorCode::kCorrupt) {
          discard();
          return tl::unexpected(std::move(lines).error());
        }
        break;  // commit what there is; the next step meets the same error
      }
      if (lines->empty()) break;
      for (const auto& line : *lines) {
        fold(line);
        bytes += line.line.size();
      }
      taken += lines->size();
    }
    if (taken == 0) return 0;
    if (auto status = commit(); !status) {
      discard();
      return tl::unexpected(std::move(status).error());
    }
  } catch (const Poison& poison) {
    poison_.emplace(poison.position, poison.what());
    discard();
    return 0;
  } catch (const StoreFailure& failure) {
    discard();
    return tl::unexpected(failure.error);
  } catch (const std::exception& problem) {  // memory, most likely: the next step tries again
    discard();
    return fail(ErrorCode::kUnavailable, problem.what());
  }
  return taken;
}

void Projector::fold(const StoredLine& stored) {
  if (const auto bad = poison_.find(stored.position); bad != poison_.end()) {
    const auto event = codec_.decode_line(stored.line);
    park(stored.position, event ? event->stamps.partition_key : "", bad->second, false);
  } else if (auto event = codec_.decode_line(stored.line); !event) {
    const Error& error = event.error();
    park(stored.position, "",
         error.field.empty() ? error.message : error.field + ": " + error.message, false);
  } else if (parking_.holds(event->stamps.partition_key)) {
    park(stored.position, event->stamps.partition_key, "waits behind a parked event of its key",
         true);
  } else {
    fold_event(*event, stored);
  }
  for (auto& member : members_) {
    auto& next = next_of(member.next, stored.position);
    next = std::max(next, stored.position.offset + 1);
  }
  auto& seen_next = next_of(seen_next_, stored.position);
  seen_next = std::max(seen_next, stored.position.offset + 1);
  next_of(position_, stored.position) = stored.position.offset + 1;
}

void Projector::fold_event(const Event& event, const StoredLine& stored) {
  const Position& position = stored.position;
  const bool new_to_seen = position.offset >= next_of(seen_next_, position);
  if (!seen_.record(event, stored.line, position)) {
    duplicates_.fetch_add(1, std::memory_order_relaxed);
    return;
  }
  Status status;
  try {
    for (auto& member : members_) {
      if (position.offset >= next_of(member.next, position)) member.view->arrived(event, position);
    }
    status = expand(event, position, codec_, [&](const EventData& data, const EventMeta& meta) {
      if (new_to_seen) {
        if (const auto* matched = data.get_if<InteractionMatched>()) {
          seen_.apply(*matched, meta);
        }
      }
      for (auto& member : members_) {
        if (position.offset >= next_of(member.next, position)) member.view->apply(data, meta);
      }
    });
  } catch (const StoreFailure&) {
    throw;
  } catch (const std::exception& problem) {
    throw Poison(position, problem.what());
  }
  if (!status) throw Poison(position, status.error().message);
}

void Projector::park(const Position& position, std::string key, std::string reason, bool waiting) {
  parking_.park({position, std::move(key), std::move(reason), waiting});
  parked_.fetch_add(1, std::memory_order_relaxed);
}

Status Projector::commit() {
  auto transaction = store_.begin();
  std::size_t rows = seen_.changed_rows();
  const Frontier before = snapshot_->position();
  for (auto& member : members_) {
    rows += member.view->batch().changed_rows();
    member.view->batch().collect(*transaction);
    transaction->advance(member.family, member.next);
  }
  seen_.collect(*transaction);
  transaction->advance(seen_family_, seen_next_);
  parking_.collect(*transaction);
  transaction->advance(kParkedFamily, position_);
  LEDGER_CHECK(store_.commit(std::move(transaction), position_));
  for (auto& member : members_) member.committed = member.next;
  seen_committed_ = seen_next_;
  events_.fetch_add(static_cast<std::uint64_t>(position_.total() - before.total()),
                    std::memory_order_relaxed);
  batches_.fetch_add(1, std::memory_order_relaxed);
  rows_written_.fetch_add(rows, std::memory_order_relaxed);
  progress_.advance(position_);
  return {};
}

// Back to the last commit: rows, offsets and cursor.
void Projector::discard() {
  for (auto& member : members_) {
    member.view->batch().discard();
    member.next = member.committed;
  }
  seen_.discard();
  seen_next_ = seen_committed_;
  parking_.discard();
  cursor_.reset();
}

Projector::Counters Projector::counters() const {
  return {events_.load(), batches_.load(), rows_written_.load(), duplicates_.load(),
          parked_.load()};
}

}  // namespace ledger
