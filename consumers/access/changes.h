#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "consumers/access/tables.h"
#include "consumers/access/tokens.h"
#include "platform/result.h"

// What may be changed about who may ask, and how: pure, by the tables as they stand. Each puts its
// rows into `change`, and beside them the notice that will be its event, so that nothing changes
// unseen. Errors: kNotFound, kConflict, kInvalidField, kMissingField, kTooLarge with the field.
namespace ledger::access {

// Who changes something, and when.
struct Actor {
  std::string id;
  Timestamp now;
};

// 1 to 64 of [a-z0-9._-].
[[nodiscard]] Status check_principal_id(std::string_view id);
// The lists of departments, sources and types of one, in bytes: written as JSON, with all the rest
// that is said of him, they fit an event of limits::kEventBytesMax.
inline constexpr std::size_t kPrincipalReachBytesMax = 16 * 1024;
// What each role needs, and what only another has.
[[nodiscard]] Status check_principal(const PrincipalRow& row);
// Long enough, and not made of the login or of one letter. No rule about kinds of letters.
[[nodiscard]] Status check_password(std::string_view login, std::string_view password);

[[nodiscard]] Status add_principal(const Tables& tables, Change& change, const Actor& actor,
                                   PrincipalRow row);
// The row as it is to be from now on. Whose role or reach changes, or who is shut out, is signed
// out. kConflict: nobody would be left who may administer.
[[nodiscard]] Status change_principal(const Tables& tables, Change& change, const Actor& actor,
                                      const PrincipalRow& row);

// `replaces`: a key of the same principal, which serves no longer than `replaced_until`.
struct KeyOrder {
  std::string principal;
  std::optional<Timestamp> expires = {};
  std::optional<std::string> replaces = {};
  std::optional<Timestamp> replaced_until = {};
};
[[nodiscard]] Status add_key(const Tables& tables, Change& change, const Actor& actor,
                             const KeyOrder& order, const ApiKey& key);
[[nodiscard]] Status revoke_key(const Tables& tables, Change& change, const Actor& actor,
                                std::string_view principal, std::string_view key);

// Signs him out everywhere.
[[nodiscard]] Status set_password(const Tables& tables, Change& change, const Actor& actor,
                                  const std::string& principal, std::string hash);

// A link; beyond kLinksOfPrincipalMax his oldest goes.
[[nodiscard]] Status add_one_time(const Tables& tables, Change& change, const Actor& actor,
                                  const std::string& principal, std::string_view token);
// Whose it was, and from now on it is none. kNotFound: used, outdated, or never one.
[[nodiscard]] Result<std::string> use_one_time(const Tables& tables, Change& change,
                                               std::string_view token, Timestamp now);

// Beyond kSessionsOfPrincipalMax his oldest ends. No notice: signing in is no administration.
void start_session(const Tables& tables, Change& change, const std::string& principal,
                   std::string_view token, Timestamp now, bool by_one_time);
void end_sessions_of(const Tables& tables, Change& change, std::string_view principal);

// Sessions and links that serve no more, and keys that have not for a year.
void forget_outdated(const Tables& tables, Change& change, Timestamp now);

}  // namespace ledger::access
