#include "consumers/access/keeper.h"

#include <algorithm>
#include <tuple>
#include <vector>

#include "consumers/access/changes.h"
#include "consumers/access/lifetimes.h"
#include "platform/access_limits.h"
#include "platform/logging.h"

namespace ledger::access {

namespace {

using Notice = std::pair<std::string, NoticeRow>;

std::vector<Notice> notices_of(const AccessStore& store) {
  auto notices = store.read([](const Tables& tables) {
    return std::vector<Notice>(tables.notices.begin(), tables.notices.end());
  });
  // Of one moment in the order of their words: who was added before what was made for him.
  std::sort(notices.begin(), notices.end(), [](const Notice& one, const Notice& other) {
    return std::tie(one.second.at, one.second.what.change, one.first) <
           std::tie(other.second.at, other.second.what.change, other.first);
  });
  return notices;
}

}  // namespace

void Keeper::start() {
  thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

void Keeper::wake() {
  {
    const std::lock_guard lock(mutex_);
    woken_ = true;
  }
  waiting_.notify_all();
}

void Keeper::run(const std::stop_token& stop) {
  Timestamp kept = parts_.clock.now();
  while (!stop.stop_requested()) {
    record_notices();
    refresh_issuer();
    if (const Timestamp now = parts_.clock.now(); now - kept >= limits::kAccessMarkEvery) {
      keep_marks();
      kept = now;
    }
    std::unique_lock lock(mutex_);
    waiting_.wait_for(lock, stop, limits::kAccessNoticePause, [this] { return woken_; });
    woken_ = false;
  }
  keep_marks();
}

// In their order; where the log is away what comes after waits too.
void Keeper::record_notices() {
  for (const auto& [id, notice] : notices_of(parts_.store)) {
    if (refused_.contains(id)) continue;
    const auto recorded = parts_.record(id, notice.at, notice.what);
    if (!recorded && !recorded.error().retriable()) {
      log::error("a change of access is refused by the log and stands in no event",
                 {{"change", name_of(notice.what.change)},
                  {"of", notice.what.holder},
                  {"reason", recorded.error().message},
                  {"field", recorded.error().field}});
      refused_.insert(id);
      continue;
    }
    if (!recorded) {
      if (!log_away_) {
        log::warning("a change of access waits to be recorded",
                     {{"reason", recorded.error().message}, {"field", recorded.error().field}});
      }
      log_away_ = true;
      return;
    }
    log_away_ = false;
    const auto forgotten = parts_.store.edit([&](const Tables&, Change& change) -> Status {
      change.notices[id] = std::nullopt;
      return {};
    });
    // It comes again, under the same id, and is the same event.
    if (!forgotten) return;
  }
}

void Keeper::keep_marks() {
  const auto marks = parts_.authentication.marks();
  const Timestamp now = parts_.clock.now();
  const auto kept = parts_.store.edit([&](const Tables& tables, Change& change) -> Status {
    for (const auto& [id, at] : marks.keys) {
      const auto* row = find(tables.keys, id);
      if (row == nullptr) continue;
      KeyRow marked = *row;
      marked.last_used = at;
      change.keys[id] = std::move(marked);
    }
    for (const auto& [digest, at] : marks.sessions) {
      const auto* row = find(tables.sessions, digest);
      if (row == nullptr) continue;
      SessionRow marked = *row;
      marked.last_seen = std::max(row->last_seen, at);
      change.sessions[digest] = std::move(marked);
    }
    Change outdated;
    forget_outdated(tables, outdated, now);
    for (const auto& [id, row] : outdated.keys) change.keys[id] = row;
    for (const auto& [digest, row] : outdated.one_time) change.one_time[digest] = row;
    for (const auto& [digest, row] : outdated.sessions) {
      if (!change.sessions.contains(digest)) change.sessions[digest] = row;
    }
    for (auto& [digest, row] : change.sessions) {
      if (row && !serves(*row, row->last_seen, now)) row.reset();
    }
    return {};
  });
  if (kept) parts_.authentication.forget(marks);
}

void Keeper::refresh_issuer() {
  Issuer* issuer = parts_.issuer;
  if (issuer == nullptr) return;
  const auto tell = [](const Status& fetched, bool& away, const char* lost, const char* found) {
    if (fetched && away) log::info(found);
    if (!fetched && !away) log::warning(lost, {{"reason", fetched.error().message}});
    away = !fetched;
  };
  // First: it says where the keys are.
  if (issuer->discovery != nullptr && issuer->discovery->due()) {
    tell(issuer->discovery->refresh(), description_away_,
         "what the issuer says of itself cannot be fetched; what is known stays good",
         "what the issuer says of itself is fetched again");
  }
  if (!issuer->keys.due()) return;
  tell(issuer->keys.refresh(), issuer_away_,
       "the issuer's keys cannot be fetched; those known stay good",
       "the issuer's keys are fetched again");
}

}  // namespace ledger::access
