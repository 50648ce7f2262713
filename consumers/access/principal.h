#pragma once

#include <optional>
#include <string>
#include <vector>

#include "events/fields.h"
#include "events/ids.h"

namespace ledger {

// What somebody may do; each route says which of them it is for (policy.h). Deny by default.
//   source   a machine that records: events of its own sources and types, and reads nothing but
//            what it asks to record
//   manager  a client manager: his own clients, and those for whom he stands in
//   head     a head of department: the managers of his departments and their clients. A bookkeeper
//            is a head of all departments
//   auditor  reads all, writes nothing
//   admin    all, and says who else may
enum class Role { kSource, kManager, kHead, kAuditor, kAdmin };
constexpr auto names(Role) { return words("source", "manager", "head", "auditor", "admin"); }

// How it was made sure who asks. kOpen: nobody is asked (ledgerd --access off).
enum class AuthenticatedBy { kOpen, kApiKey, kSession, kJwt, kCertificate };
constexpr auto names(AuthenticatedBy) {
  return words("open", "api_key", "session", "jwt", "certificate");
}

// Who asks: a value, made once a request by authentication, and never changed.
struct Principal {
  std::string id;  // "o.savchuk", "asterisk-main"; [a-z0-9._-], 1 to 64 characters
  Role role = Role::kSource;
  std::string name = {};                      // as people call him
  std::optional<ManagerId> manager_id = {};   // of a manager or head: as whom the ledger knows him
  std::vector<std::string> departments = {};  // of a head; "*" is all of them
  std::vector<std::string> sources = {};      // of a source: CloudEvents sources that it may write
  std::vector<std::string> event_types = {};  // of a source: "call.completed"; empty is any
  AuthenticatedBy by = AuthenticatedBy::kOpen;

  bool operator==(const Principal&) const = default;
};

}  // namespace ledger
