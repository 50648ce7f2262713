#include "consumers/runner/projector.h"

#include <algorithm>
#include <utility>

#include "platform/limits.h"
#include "platform/logging.h"
#include "projections/effects.h"
#include "projections/row_shapes.h"
#include "projections/store/row_shape.h"

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

Frontier furthest(const Frontier& left, const Frontier& right) {
  Frontier most = left;
  for (std::size_t i = 0; i < most.next.size(); ++i) {
    most.next[i] = std::max(most.next[i], right.next[i]);
  }
  return most;
}

}  // namespace

std::vector<std::string> projector_families() {
  auto families = all_families();
  families.emplace_back(kParkedFamily);
  return families;
}

std::map<std::string, std::string> projector_shapes() {
  auto shapes = row_shapes().digests;
  shapes.emplace(kParkedFamily, rows::shape_digest<ParkedRow>());
  return shapes;
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
  // What is parked and cannot be read is reported by this, and made anew with everything else.
  auto parking = ParkingLot::load(*store.unguarded());
  if (!parking && store.renewals().reported().empty()) return tl::unexpected(parking.error());
  std::unique_ptr<Projector> projector(
      new Projector(log, store, progress, parking ? *std::move(parking) : ParkingLot()));
  const auto families = all_families();
  auto views = all_views();
  for (std::size_t i = 0; i < views.size(); ++i) {
    LEDGER_TRY(auto next, store.progress(families[i], log.partitions()));
    projector->members_.push_back({std::move(views[i]), families[i], next, next});
  }
  LEDGER_TRY(projector->seen_next_, store.progress(projector->seen_family_, log.partitions()));
  projector->seen_committed_ = projector->seen_next_;
  LEDGER_CHECK(projector->take_stock());
  return projector;
}

Status Projector::take_stock() {
  standing_ = seen_next_;
  for (const auto& member : members_) standing_ = furthest(standing_, member.next);
  auto& renewals = store_.renewals();
  const auto tell = [](const Renewals::View& view) {
    log::warning("a view is made anew from the log",
                 {{"view", view.family}, {"cause", name_of(view.cause)}});
  };
  LEDGER_CHECK(take_stock_of_parked());
  for (const auto& view : renewals.aside()) tell(view);  // of another shape
  const auto look_at = [&](const std::string& family, const Frontier& next) {
    if (to_empty_.contains(family)) return;
    if (next.covers(standing_)) {
      store_.give_back(family);  // all of them begin
    } else if (!renewals.is_aside(family)) {
      const Renewals::View behind{family, RenewalCause::kBehind, ""};
      renewals.set_aside(behind);
      tell(behind);
    }
  };
  for (const auto& member : members_) look_at(member.family, member.next);
  look_at(seen_family_, seen_next_);
  if (store_.current()->position() != standing_) {
    LEDGER_CHECK(store_.commit(store_.begin(), standing_));
  }
  progress_.advance(standing_);
  return {};
}

Status Projector::open_cursor() {
  position_ = seen_next_;
  for (const auto& member : members_) position_ = common(position_, member.next);
  auto cursor = log_.cursor(position_);
  if (!cursor) {
    log_is_damaged_ = cursor.error().code == ErrorCode::kCorrupt;
    return tl::unexpected(std::move(cursor).error());
  }
  cursor_ = *std::move(cursor);
  passed_over_ = false;
  return {};
}

Result<std::size_t> Projector::step(std::chrono::milliseconds wait) {
  std::size_t taken = 0;
  try {
    LEDGER_CHECK(renew_reported());
    if (!cursor_) LEDGER_CHECK(open_cursor());
    snapshot_ = store_.unguarded();
    for (auto& member : members_) member.view->batch().read_from(*snapshot_);
    seen_.read_from(*snapshot_);
    const bool index_stands = seen_committed_.covers(standing_);
    std::size_t bytes = 0;
    while (taken < limits::kProjectorBatchEventsMax && bytes < limits::kProjectorBatchBytesMax) {
      auto lines = cursor_->poll(limits::kProjectorBatchEventsMax - taken,
                                 limits::kProjectorBatchBytesMax - bytes,
                                 taken == 0 ? wait : std::chrono::milliseconds(0));
      if (!lines) {
        log_is_damaged_ = lines.error().code == ErrorCode::kCorrupt;
        if (taken == 0 || log_is_damaged_) {
          discard();
          return tl::unexpected(std::move(lines).error());
        }
        break;  // commit what there is; the next step meets the same error
      }
      if (lines->empty()) break;
      for (const auto& line : *lines) {
        if (!index_stands && !standing_.covers(line.position)) {
          passed_over_ = true;
          continue;
        }
        fold(line);
        bytes += line.line.size();
        ++taken;
      }
    }
    if (taken == 0) return 0;
    if (auto status = commit(taken); !status) {
      discard();
      return tl::unexpected(std::move(status).error());
    }
  } catch (const Poison& poison) {
    poison_.emplace(poison.position, poison.what());
    discard();
    if (is_held(poison.position)) set_all_aside(RenewalCause::kBehind, poison.what());
    return 0;
  } catch (const StoreFailure& failure) {
    discard();
    if (!store_.renewals().reported().empty()) return 0;  // the next step makes the view anew
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
  } else {
    switch (parking_.place_of(event->stamps.partition_key, stored.position)) {
      case ParkingLot::Place::kNotHere:
        fold_event(*event, stored);
        break;
      case ParkingLot::Place::kItself:
        break;  // it stays where it is
      case ParkingLot::Place::kBehind:
        park(stored.position, event->stamps.partition_key, "waits behind a parked event of its key",
             true);
    }
  }
  for (auto& member : members_) {
    auto& next = next_of(member.next, stored.position);
    next = std::max(next, stored.position.offset + 1);
  }
  auto& seen_next = next_of(seen_next_, stored.position);
  seen_next = std::max(seen_next, stored.position.offset + 1);
  next_of(position_, stored.position) = stored.position.offset + 1;
}

// Of what the index holds already it is only asked: an event that is read once more, for a view
// that is made anew, says nothing new to it, and the door reads it meanwhile.
bool Projector::is_first(const Event& event, const StoredLine& stored, bool new_to_seen) {
  if (!new_to_seen) {
    const auto row = seen::find(*snapshot_, event.source, event.id);
    if (!row) throw StoreFailure(row.error());
    if (*row) return (*row)->position == stored.position;
  }
  return seen_.record(event, stored.line, stored.position);
}

void Projector::fold_event(const Event& event, const StoredLine& stored) {
  const Position& position = stored.position;
  const bool new_to_seen = position.offset >= next_of(seen_next_, position);
  if (!is_first(event, stored, new_to_seen)) {
    if (new_to_seen) duplicates_.fetch_add(1, std::memory_order_relaxed);
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
  // Read once more, for a view that is made anew, it was parked already.
  if (position.offset >= next_of(standing_, position)) {
    parked_.fetch_add(1, std::memory_order_relaxed);
  }
}

Status Projector::commit(std::size_t taken) {
  auto transaction = store_.begin();
  std::size_t rows = seen_.changed_rows();
  for (auto& member : members_) {
    rows += member.view->batch().changed_rows();
    member.view->batch().collect(*transaction);
    transaction->advance(member.family, member.next);
  }
  seen_.collect(*transaction);
  transaction->advance(seen_family_, seen_next_);
  parking_.collect(*transaction);
  transaction->advance(kParkedFamily, position_);
  Frontier standing = furthest(standing_, position_);
  LEDGER_CHECK(store_.commit(std::move(transaction), standing));
  standing_ = std::move(standing);
  for (auto& member : members_) member.committed = member.next;
  seen_committed_ = seen_next_;
  if (passed_over_ && seen_committed_.covers(standing_)) cursor_.reset();  // back to what waits
  events_.fetch_add(taken, std::memory_order_relaxed);
  batches_.fetch_add(1, std::memory_order_relaxed);
  rows_written_.fetch_add(rows, std::memory_order_relaxed);
  give_back();
  progress_.advance(standing_);
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
  return {events_.load(),     batches_.load(), rows_written_.load(),
          duplicates_.load(), parked_.load(),  unreadable_.load()};
}

}  // namespace ledger
