// Two deliveries of one event become one: what is on its way, who waits for it, and when it may be
// forgotten because the index shows it.
#include <fmt/format.h>

#include <algorithm>

#include "platform/assert.h"
#include "platform/limits.h"
#include "platform/sha256.h"
#include "producers/append/amend.h"
#include "producers/append/door_batch.h"
#include "projections/seen/seen.h"

namespace ledger {

namespace {

bool changes_directory(const EventData& data) { return names_keys(data) || is_amendment(data); }

// Of one that the log took.
AppendDoor::Outcome repeated(AppendDoor::Outcome first) {
  first->duplicate = true;
  return first;
}

}  // namespace

// Sets the outcome if the event is known already.
Result<AppendDoor::Step> AppendDoor::dedupe(Prepared& event, Lane lane) {
  bool doubtful = false;
  {
    const std::lock_guard lock(mutex_);
    const auto recent = recent_.find(event.key);
    doubtful = recent != recent_.end() && recent->second->doubtful;
    if (doubtful) {
      if (lane == Lane::kFast) return Step::kNeedsSlowLane;
    } else if (recent != recent_.end()) {
      if (recent->second->digest != event.digest) {
        return other_body(event.submission.source, event.submission.id);
      }
      // One that is on its way still is followed: claim() decides how.
      if (recent->second->outcome) event.outcome = repeated(*recent->second->outcome);
      return Step::kReady;
    }
  }
  if (doubtful) {
    // If the log kept the earlier attempt, it lies before the log's end by now.
    LEDGER_TRY(const Frontier end, parts_.reader.end());
    LEDGER_CHECK(wait_for_index(end));
    const std::lock_guard lock(mutex_);
    recent_.erase(event.key);  // by this lane alone
  }
  // Taken after the look at recent_: what left it in the meantime is in this snapshot.
  LEDGER_CHECK(find_indexed(event));
  return Step::kReady;
}

Status AppendDoor::find_indexed(Prepared& event) const {
  LEDGER_TRY(const auto row,
             seen::find(*parts_.views.current(), event.submission.source, event.submission.id));
  if (!row) return {};
  if (!seen::is_same_body(*row, *event.digest)) {
    return other_body(event.submission.source, event.submission.id);
  }
  event.outcome = Receipt{event.submission.id, event.submission.source, *row->position,
                          to_hex(row->leaf_hash), /*duplicate=*/true};
  return {};
}

// Check and claim of all ids in one atomic step, so that two deliveries at once become one event.
// False: the index moved on meanwhile, look again.
bool AppendDoor::claim(const std::shared_ptr<Batch>& batch, std::uint64_t generation) {
  const std::lock_guard lock(mutex_);
  if (generation != forgotten_) return false;
  for (const auto& event : batch->events) {
    const auto recent = recent_.find(event.key);
    if (recent == recent_.end()) continue;
    if (recent->second->doubtful || recent->second->digest != event.digest) return false;
  }
  // One more than the events: submit() gives the last one up, when all are on their way.
  batch->pending = batch->events.size() + 1;
  for (std::size_t i = 0; i < batch->events.size(); ++i) {
    auto& event = batch->events[i];
    if (event.repeats && batch->events[*event.repeats].outcome) {
      event.outcome = batch->events[*event.repeats].outcome;
      (*event.outcome)->duplicate = true;
    }
    if (event.outcome) {
      --batch->pending;
      continue;
    }
    auto& recent = recent_[event.key];
    if (!recent) {
      recent = std::make_shared<Recent>();
      recent->digest = *event.digest;
      event.appends = true;
      ++on_their_way_;
      if (is_amendment(event.submission.data)) ++amendments_on_their_way_;
    } else if (recent->outcome) {
      event.outcome = repeated(*recent->outcome);
      --batch->pending;
    } else {
      recent->followers.emplace_back(batch, i);
    }
  }
  return true;
}

Status AppendDoor::open() {
  if (!parts_.progress.covers(index_target_)) {
    return fail(ErrorCode::kUnavailable,
                fmt::format("the index is still catching up ({} of {} events); try again",
                            parts_.progress.reached().total(), index_target_.total()));
  }
  if (!ready()) {
    return fail(ErrorCode::kUnavailable, "views are being made anew from the log; try again");
  }
  const std::lock_guard lock(mutex_);
  if (recent_.size() >= limits::kRecentEventsMax) forget_indexed();
  if (recent_.size() >= limits::kRecentEventsMax) {
    // What nobody sends again would stand in the way for good.
    too_many_doubts_ = true;
    slow_work_.notify_all();
    return fail(ErrorCode::kUnavailable,
                fmt::format("the index does not show {} events yet; try again", recent_.size()));
  }
  return {};
}

// What became of an event, for its own batch and for those who sent the same meanwhile.
void AppendDoor::settle(const std::shared_ptr<Batch>& batch, std::size_t index, Outcome outcome) {
  Prepared& event = batch->events[index];
  std::vector<std::pair<std::shared_ptr<Batch>, std::size_t>> followers;
  {
    const std::lock_guard lock(mutex_);
    const auto recent = recent_.find(event.key);
    LEDGER_ASSERT(recent != recent_.end(), "an event on its way is known");
    followers = std::move(recent->second->followers);
    recent->second->followers.clear();
    if (outcome) {
      recent->second->outcome = outcome;
      acknowledged_.include(outcome->position);
      if (changes_directory(event.submission.data)) directory_changed_.include(outcome->position);
    } else if (outcome.error().code == ErrorCode::kPossiblyPersisted) {
      recent->second->doubtful = true;
    } else {
      recent_.erase(recent);
    }
    if (recent_.size() > forget_at_) forget_indexed();
    if (is_amendment(event.submission.data)) {
      --amendments_on_their_way_;
      if (!outcome) amendment_doubtful_ |= outcome.error().code == ErrorCode::kPossiblyPersisted;
    }
  }
  event.outcome = outcome;
  if (outcome) outcome->duplicate = true;
  for (auto& [follower, i] : followers) {
    follower->events[i].outcome = outcome;
    if (--follower->pending == 0) finish(*follower);
  }
  if (--batch->pending == 0) finish(*batch);
  // The last that is touched: the destructor waits for it.
  const std::lock_guard lock(mutex_);
  --on_their_way_;
  answered_.notify_all();
}

Status AppendDoor::wait_for_amendments() {
  bool doubtful = false;
  {
    std::unique_lock lock(mutex_);
    if (!answered_.wait_for(lock, limits::kIndexWait,
                            [this] { return amendments_on_their_way_ == 0; })) {
      return fail(ErrorCode::kUnavailable, "an earlier amendment is on its way still; try again");
    }
    doubtful = amendment_doubtful_;
  }
  if (!doubtful) return {};
  // Amendments come by this lane alone: none is sent off meanwhile.
  LEDGER_TRY(const Frontier end, parts_.reader.end());
  LEDGER_CHECK(wait_for_index(end));
  const std::lock_guard lock(mutex_);
  amendment_doubtful_ = false;
  return {};
}

// Whether the log kept them is in the index, once that shows all up to the log's end. Where the log
// is away they stay: the next append that finds no room asks again.
void AppendDoor::settle_doubts() {
  std::vector<std::string> doubtful;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [key, recent] : recent_) {
      if (recent->doubtful) doubtful.push_back(key);
    }
  }
  if (doubtful.empty()) return;
  const auto end = parts_.reader.end();
  if (!end || !wait_for_index(*end)) return;
  const std::lock_guard lock(mutex_);
  for (const auto& key : doubtful) recent_.erase(key);  // doubts end by this lane alone
  ++forgotten_;
}

// Under the lock.
void AppendDoor::forget_indexed() {
  const auto snapshot = parts_.views.current();
  std::erase_if(recent_, [&](const auto& entry) {
    const auto& outcome = entry.second->outcome;
    return outcome && snapshot->position().covers((*outcome)->position);
  });
  forget_at_ = std::max<std::size_t>(4096, 2 * recent_.size());
  ++forgotten_;
}

}  // namespace ledger
