#include "consumers/access/changes.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <utility>
#include <vector>

#include "consumers/access/lifetimes.h"
#include "platform/random.h"
#include "platform/sha256.h"

namespace ledger::access {

namespace {

constexpr std::size_t kNoticeIdBytes = 16;
constexpr auto kOldKeysKept = std::chrono::hours(24 * 365);

// Nothing of ours changes without its event.
AccessChanged& notice(Change& change, const Actor& actor, AccessChange what,
                      const std::string& holder) {
  NoticeRow row;
  row.at = actor.now;
  row.what.principal = actor.id;
  row.what.change = what;
  row.what.holder = holder;
  const auto [at, fresh] =
      change.notices.emplace(to_hex(random_bytes(kNoticeIdBytes)), std::move(row));
  return at->second->what;
}

void describe(const PrincipalRow& row, AccessChanged& what) {
  what.role = name_of(row.role);
  what.active = row.active;
  what.acts_as = row.manager_id;
  what.departments = row.departments;
  what.sources = row.sources;
  what.event_types = row.event_types;
  what.subject = row.subject;
  what.certificate = row.certificate;
}

Result<const PrincipalRow*> principal_of(const Tables& tables, std::string_view id) {
  const auto* row = find(tables.principals, id);
  if (row == nullptr) return fail(ErrorCode::kNotFound, "there is no such principal", "id");
  return row;
}

// A subject or a certificate says who somebody is: it is of one alone.
Status check_unique(const Tables& tables, const PrincipalRow& row) {
  for (const auto& [id, other] : tables.principals) {
    if (id == row.id) continue;
    if (row.subject && other.subject == row.subject) {
      return fail(ErrorCode::kConflict, fmt::format("is that of {} already", id), "subject");
    }
    if (row.certificate && other.certificate == row.certificate) {
      return fail(ErrorCode::kConflict, fmt::format("is that of {} already", id), "certificate");
    }
  }
  return {};
}

void revoke(Change& change, const Actor& actor, KeyRow key) {
  key.revoked = actor.now;
  notice(change, actor, AccessChange::kKeyRevoked, key.principal).key_id = key.id;
  change.keys[key.id] = std::move(key);
}

// Whoever holds a key of a small role would hold one of the great role.
void revoke_keys_of(const Tables& tables, Change& change, const Actor& actor,
                    std::string_view principal) {
  for (const auto& [id, key] : tables.keys) {
    if (key.principal == principal && serves(key, actor.now)) revoke(change, actor, key);
  }
}

bool may_administer(const PrincipalRow& row) { return row.active && row.role == Role::kAdmin; }

// Erases the oldest of somebody's rows until there is room for one more.
template <class Row>
void make_room(const Table<Row>& table, Puts<Row>& puts, std::string_view principal,
               std::size_t most) {
  std::vector<std::pair<Timestamp, std::string>> his;
  for (const auto& [key, row] : table) {
    if (row.principal == principal) his.emplace_back(row.created, key);
  }
  std::sort(his.begin(), his.end());
  for (std::size_t i = 0; i + most <= his.size(); ++i) puts[his[i].second] = std::nullopt;
}

}  // namespace

Status add_principal(const Tables& tables, Change& change, const Actor& actor, PrincipalRow row) {
  LEDGER_CHECK(check_principal(row));
  if (find(tables.principals, row.id) != nullptr) {
    return fail(ErrorCode::kConflict, "is somebody's already", "id");
  }
  if (tables.principals.size() >= limits::kPrincipalsMax) {
    return fail(ErrorCode::kTooLarge,
                fmt::format("there are {} principals at most", limits::kPrincipalsMax), "id");
  }
  LEDGER_CHECK(check_unique(tables, row));
  row.created = actor.now;
  describe(row, notice(change, actor, AccessChange::kPrincipalAdded, row.id));
  change.principals[row.id] = std::move(row);
  return {};
}

Status change_principal(const Tables& tables, Change& change, const Actor& actor,
                        const PrincipalRow& row) {
  LEDGER_TRY(const PrincipalRow* const before, principal_of(tables, row.id));
  if (*before == row) return {};
  LEDGER_CHECK(check_principal(row));
  LEDGER_CHECK(check_unique(tables, row));
  if (may_administer(*before) && !may_administer(row)) {
    const auto admins = std::count_if(tables.principals.begin(), tables.principals.end(),
                                      [](const auto& each) { return may_administer(each.second); });
    if (admins <= 1) {
      return fail(ErrorCode::kConflict, "he is the last who may administer",
                  row.active ? "role" : "active");
    }
  }
  describe(row, notice(change, actor, AccessChange::kPrincipalChanged, row.id));
  PrincipalRow renamed = *before;
  renamed.name = row.name;
  if (renamed != row) end_sessions_of(tables, change, row.id);
  if (before->role != row.role) revoke_keys_of(tables, change, actor, row.id);
  change.principals[row.id] = row;
  return {};
}

Status add_key(const Tables& tables, Change& change, const Actor& actor, const KeyOrder& order,
               const ApiKey& key) {
  LEDGER_TRY(const PrincipalRow* const holder, principal_of(tables, order.principal));
  if (order.expires && *order.expires <= actor.now) {
    return fail(ErrorCode::kOutOfRange, "is not later than now", "expires_at");
  }
  const auto good = std::count_if(tables.keys.begin(), tables.keys.end(), [&](const auto& each) {
    return each.second.principal == holder->id && serves(each.second, actor.now);
  });
  if (static_cast<std::size_t>(good) >= limits::kKeysOfPrincipalMax) {
    return fail(ErrorCode::kTooLarge, fmt::format("he has {} keys that are good; revoke one", good),
                "id");
  }
  if (order.replaces) {
    const auto* former = find(tables.keys, *order.replaces);
    if (former == nullptr || former->principal != holder->id || !serves(*former, actor.now)) {
      return fail(ErrorCode::kNotFound, "is no key of his that is good", "replaces");
    }
    KeyRow ending = *former;
    const Timestamp until = order.replaced_until.value_or(actor.now);
    ending.expires = former->expires ? std::min(*former->expires, until) : until;
    change.keys[former->id] = ending;
  }
  auto& what =
      notice(change, actor, order.replaces ? AccessChange::kKeyRotated : AccessChange::kKeyCreated,
             holder->id);
  what.key_id = key.id;
  what.former_key = order.replaces;
  what.expires_at = order.expires;
  change.keys[key.id] = KeyRow{key.id,       holder->id,    digest_of(key.secret), actor.now,
                               std::nullopt, order.expires, std::nullopt};
  return {};
}

Status revoke_key(const Tables& tables, Change& change, const Actor& actor,
                  std::string_view principal, std::string_view key) {
  const auto* row = find(tables.keys, key);
  if (row == nullptr || row->principal != principal) {
    return fail(ErrorCode::kNotFound, "is no key of his", "key");
  }
  if (row->revoked) return {};
  revoke(change, actor, *row);
  return {};
}

Status set_password(const Tables& tables, Change& change, const Actor& actor,
                    const std::string& principal, std::string hash) {
  LEDGER_TRY(const PrincipalRow* const holder, principal_of(tables, principal));
  if (holder->role == Role::kSource) {
    return fail(ErrorCode::kInvalidField, "a source has keys, and no password", "id");
  }
  std::ignore = notice(change, actor, AccessChange::kPasswordSet, principal);
  change.accounts[principal] = AccountRow{std::move(hash), actor.now};
  end_sessions_of(tables, change, principal);
  // A link that was made for him before would let in whoever has it.
  for (const auto& [digest, link] : tables.one_time) {
    if (link.principal == principal) change.one_time[digest] = std::nullopt;
  }
  return {};
}

Status add_one_time(const Tables& tables, Change& change, const Actor& actor,
                    const std::string& principal, std::string_view token) {
  LEDGER_TRY(const PrincipalRow* const holder, principal_of(tables, principal));
  if (holder->role == Role::kSource) {
    return fail(ErrorCode::kInvalidField, "a source has keys, and does not sign in", "id");
  }
  make_room(tables.one_time, change.one_time, principal, limits::kLinksOfPrincipalMax);
  const Timestamp expires = actor.now + limits::kOneTimeLifetime;
  notice(change, actor, AccessChange::kLoginLinkCreated, principal).expires_at = expires;
  change.one_time[digest_of(token)] = OneTimeRow{principal, actor.now, expires};
  return {};
}

Result<std::string> use_one_time(const Tables& tables, Change& change, std::string_view token,
                                 Timestamp now) {
  const std::string digest = digest_of(token);
  const auto* link = find(tables.one_time, digest);
  const auto* holder = link == nullptr ? nullptr : find(tables.principals, link->principal);
  if (holder == nullptr || !holder->active || !serves(*link, now)) {
    return fail(ErrorCode::kNotFound, "the link was used, is outdated, or never was one");
  }
  change.one_time[digest] = std::nullopt;
  return holder->id;
}

void start_session(const Tables& tables, Change& change, const std::string& principal,
                   std::string_view token, Timestamp now, bool by_one_time) {
  make_room(tables.sessions, change.sessions, principal, limits::kSessionsOfPrincipalMax);
  change.sessions[digest_of(token)] = SessionRow{principal, now, now, by_one_time};
}

void end_sessions_of(const Tables& tables, Change& change, std::string_view principal) {
  for (const auto& [digest, session] : tables.sessions) {
    if (session.principal == principal) change.sessions[digest] = std::nullopt;
  }
}

void forget_outdated(const Tables& tables, Change& change, Timestamp now) {
  for (const auto& [digest, session] : tables.sessions) {
    if (!serves(session, session.last_seen, now)) change.sessions[digest] = std::nullopt;
  }
  for (const auto& [digest, link] : tables.one_time) {
    if (!serves(link, now)) change.one_time[digest] = std::nullopt;
  }
  for (const auto& [id, key] : tables.keys) {
    const auto ended = key.revoked ? key.revoked : key.expires;
    if (ended && *ended + kOldKeysKept < now) change.keys[id] = std::nullopt;
  }
}

}  // namespace ledger::access
