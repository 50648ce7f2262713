#pragma once

#include <optional>
#include <string>
#include <vector>

#include "events/fields.h"
#include "events/identifiers.h"
#include "events/ids.h"
#include "events/phone.h"
#include "platform/clock.h"

namespace ledger {

// A head of department decides where the ledger asks for one; no norm is his.
enum class StaffPost { kManager, kSupervisor };
constexpr auto names(StaffPost) { return words("manager", "supervisor"); }

// A client manager took up the post (job description 1.2), with what senders know him by; or the
// head of a department did (1.3).
struct ManagerHired {
  static constexpr std::string_view kName = "manager.hired";
  static constexpr int kVersion = 1;

  ManagerId manager_id;
  std::string name;
  std::optional<std::string> department;
  Date hired_on;
  std::vector<std::string> extensions;  // of the PBX: "101"
  std::vector<Phone> phones;
  std::vector<Email> emails;
  std::optional<StaffPost> post = {};        // absent: a client manager
  std::optional<std::string> order_no = {};  // of the director's order (job description 1.2)

  static void fields(auto&& field) {
    field("manager_id", &ManagerHired::manager_id);
    field("name", &ManagerHired::name, personal);
    field("department", &ManagerHired::department);
    field("hired_on", &ManagerHired::hired_on);
    field("extensions", &ManagerHired::extensions);
    field("phones", &ManagerHired::phones, personal);
    field("emails", &ManagerHired::emails, personal);
    field("post", &ManagerHired::post);
    field("order_no", &ManagerHired::order_no);
  }
  bool operator==(const ManagerHired&) const = default;
};

}  // namespace ledger
