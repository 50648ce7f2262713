#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/fields.h"
#include "events/ids.h"
#include "platform/clock.h"

// Who may ask the ledger, as history: a secret is never in it, and no view reads it.
namespace ledger {

enum class AccessChange {
  kPrincipalAdded,
  kPrincipalChanged,
  kKeyCreated,
  kKeyRotated,
  kKeyRevoked,
  kPasswordSet,
  kLoginLinkCreated
};
constexpr auto names(AccessChange) {
  return words("principal_added", "principal_changed", "key_created", "key_rotated", "key_revoked",
               "password_set", "login_link_created");
}

// Somebody changed who may do what. Of a principal that was added or changed: all that he may from
// then on. Lies where its holder's other changes do.
struct AccessChanged {
  static constexpr std::string_view kName = "access.changed";
  static constexpr int kVersion = 1;

  std::string principal;                   // Who changed it
  AccessChange change{};                   // What was done
  std::string holder;                      // Whose access it is
  std::optional<std::string> role;         // His role from then on
  std::optional<bool> active;              // Whether he is let in at all
  std::optional<ManagerId> acts_as;        // The manager as whom the ledger knows him
  std::vector<std::string> departments;    // Of a head
  std::vector<std::string> sources;        // Of a source: what it may write as
  std::vector<std::string> event_types;    // Of a source: what it may write; empty is any
  std::optional<std::string> key_id;       // The key
  std::optional<std::string> former_key;   // Of a rotation: which key goes
  std::optional<Timestamp> expires_at;     // Until when the key or link serves
  std::optional<std::string> subject;      // What the tokens of an issuer call him
  std::optional<std::string> certificate;  // The name in his client certificate

  static void fields(auto&& field) {
    field("principal", &AccessChanged::principal, personal);
    field("change", &AccessChanged::change);
    field("holder", &AccessChanged::holder, personal);
    field("role", &AccessChanged::role);
    field("active", &AccessChanged::active);
    field("acts_as", &AccessChanged::acts_as);
    field("departments", &AccessChanged::departments);
    field("sources", &AccessChanged::sources);
    field("event_types", &AccessChanged::event_types);
    field("key_id", &AccessChanged::key_id);
    field("former_key", &AccessChanged::former_key);
    field("expires_at", &AccessChanged::expires_at);
    field("subject", &AccessChanged::subject, personal);
    field("certificate", &AccessChanged::certificate, personal);
  }
  bool operator==(const AccessChanged&) const = default;
};

}  // namespace ledger
