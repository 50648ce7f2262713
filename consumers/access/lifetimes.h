#pragma once

#include <algorithm>

#include "consumers/access/rows.h"
#include "platform/access_limits.h"

// How long what lets somebody in serves. Pure: the clock is the caller's.
namespace ledger::access {

// When a session ends that is not used again: idle, or as old as any may be.
[[nodiscard]] inline Timestamp end_of(const SessionRow& session, Timestamp last_seen) {
  return std::min(std::max(session.last_seen, last_seen) + limits::kSessionIdle,
                  session.created + limits::kSessionLifetime);
}
[[nodiscard]] inline bool serves(const SessionRow& session, Timestamp last_seen, Timestamp now) {
  return now < end_of(session, last_seen);
}

[[nodiscard]] inline bool serves(const KeyRow& key, Timestamp now) {
  return !key.revoked && (!key.expires || now < *key.expires);
}

[[nodiscard]] inline bool serves(const OneTimeRow& link, Timestamp now) {
  return now < link.expires;
}

// Who came by a link may set a password without the old one for as long as the link would have
// served: he may have forgotten it.
[[nodiscard]] inline bool may_forget_password(const SessionRow& session, Timestamp now) {
  return session.by_one_time && now < session.created + limits::kOneTimeLifetime;
}

}  // namespace ledger::access
