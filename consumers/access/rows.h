#pragma once

#include <optional>
#include <string>
#include <vector>

#include "consumers/access/principal.h"
#include "events/types/access.h"
#include "platform/clock.h"

// What DATA/access keeps. Of a secret only its digest is here, of a password its Argon2id hash. Not
// rebuilt from the log, unlike views: members are appended at the end, as optionals.
namespace ledger::access {

struct PrincipalRow {
  std::string id;
  Role role = Role::kSource;
  std::string name;
  std::optional<ManagerId> manager_id;
  std::vector<std::string> departments;
  std::vector<std::string> sources;
  std::vector<std::string> event_types;
  bool active = true;
  std::optional<std::string> subject;      // what his tokens' claim says; absent: his id
  std::optional<std::string> certificate;  // its subject or one of its names
  Timestamp created{};

  static void fields(auto&& field) {
    field("id", &PrincipalRow::id);
    field("role", &PrincipalRow::role);
    field("name", &PrincipalRow::name);
    field("manager_id", &PrincipalRow::manager_id);
    field("departments", &PrincipalRow::departments);
    field("sources", &PrincipalRow::sources);
    field("event_types", &PrincipalRow::event_types);
    field("active", &PrincipalRow::active);
    field("subject", &PrincipalRow::subject);
    field("certificate", &PrincipalRow::certificate);
    field("created", &PrincipalRow::created);
  }
  bool operator==(const PrincipalRow&) const = default;
};

struct KeyRow {
  std::string id;  // shown, and part of the key
  std::string principal;
  std::string digest;  // of the secret
  Timestamp created{};
  std::optional<Timestamp> last_used;  // to kAccessMarkEvery
  std::optional<Timestamp> expires;
  std::optional<Timestamp> revoked;

  static void fields(auto&& field) {
    field("id", &KeyRow::id);
    field("principal", &KeyRow::principal);
    field("digest", &KeyRow::digest);
    field("created", &KeyRow::created);
    field("last_used", &KeyRow::last_used);
    field("expires", &KeyRow::expires);
    field("revoked", &KeyRow::revoked);
  }
  bool operator==(const KeyRow&) const = default;
};

// A principal who may sign in by a password; his login is his id.
struct AccountRow {
  std::string hash;
  Timestamp changed{};

  static void fields(auto&& field) {
    field("hash", &AccountRow::hash);
    field("changed", &AccountRow::changed);
  }
  bool operator==(const AccountRow&) const = default;
};

// A token that signs in once, by its digest.
struct OneTimeRow {
  std::string principal;
  Timestamp created{};
  Timestamp expires{};

  static void fields(auto&& field) {
    field("principal", &OneTimeRow::principal);
    field("created", &OneTimeRow::created);
    field("expires", &OneTimeRow::expires);
  }
  bool operator==(const OneTimeRow&) const = default;
};

// A browser that is signed in, by the digest of its cookie.
struct SessionRow {
  std::string principal;
  Timestamp created{};
  Timestamp last_seen{};     // to kAccessMarkEvery
  bool by_one_time = false;  // who came so may set a password without giving the old one

  static void fields(auto&& field) {
    field("principal", &SessionRow::principal);
    field("created", &SessionRow::created);
    field("last_seen", &SessionRow::last_seen);
    field("by_one_time", &SessionRow::by_one_time);
  }
  bool operator==(const SessionRow&) const = default;
};

// A change that the log does not hold yet, by the id of its event: written with the change, gone
// once it is recorded.
struct NoticeRow {
  Timestamp at{};
  AccessChanged what;

  static void fields(auto&& field) {
    field("at", &NoticeRow::at);
    field("what", &NoticeRow::what);
  }
  bool operator==(const NoticeRow&) const = default;
};

}  // namespace ledger::access
