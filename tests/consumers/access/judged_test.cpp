// Goal: nobody decides about himself, neither by saying so nor by taking back what others said.
// Method: what is said of a head of the house of two departments by others, amended by himself, by
// an admin, and beside what is said of his managers.
#include <array>
#include <vector>

#include "tests/consumers/access/two_departments.h"

using namespace ledger;
using namespace ledger::testing;

namespace {

std::string voiding(std::string_view source, std::string_view id, std::string_view more = "") {
  return fmt::format(R"({{"target_source":"{}","target_id":"{}","reason":"помилка"{}}})", source,
                     id, more);
}

std::string attested(std::string_view manager) {
  return fmt::format(R"({{"manager_id":"{}","held_on":"2026-11-20","result":"failed"}})", manager);
}

std::string charged(std::string_view id, std::string_view manager) {
  return fmt::format(
      R"({{"breach_id":"{}","manager_id":"{}","duty_id":"calls.daily","happened_on":"2026-11-25","text":"т"}})",
      id, manager);
}

std::string damage(std::string_view manager) {
  return fmt::format(
      R"({{"incident_id":"i-1","manager_id":"{}","happened_on":"2026-11-25","text":"т"}})",
      manager);
}

std::string task(std::string_view manager) {
  return fmt::format(
      R"({{"task_id":"t-1","manager_id":"{}","assigned_by":"директор","due_on":"2026-11-30","text":"прайс"}})",
      manager);
}

}  // namespace

TEST_CASE("recording: a head amends nothing that others decided about himself") {
  TwoDepartments house;
  const std::vector<std::array<std::string, 3>> told{
      {"attestation.held", attested("m-9"), attested("m-2")},
      {"breach.recorded", charged("b-1", "m-9"), charged("b-2", "m-2")},
      {"incident.recorded", damage("m-9"), damage("m-2")},
      {"task.assigned", task("m-9"), task("m-2")}};
  for (const auto& [type, about_him, about_another] : told) {
    INFO(type);
    house.as_nobody();
    const auto his = house.tell(type, about_him);
    const auto others = house.tell(type, about_another);
    house.as_head();
    check_forbidden(house.say("event.voided", voiding("house/crm", his)), "data.target_id");
    // Nor does he make it another's.
    check_forbidden(
        house.say("event.corrected", voiding("house/crm", his, R"(,"data":)" + about_another)),
        "data.target_id");
    check_recorded(house.say("event.voided", voiding("house/crm", others)));
    house.as_role(Role::kAdmin);
    check_recorded(house.say("event.voided", voiding("house/crm", his), "house/admin"));
  }
  // By a correction it is about him since; and of what was his by mistake he is free.
  const auto became_his = house.tell("attestation.held", attested("m-2"));
  house.tell("event.corrected", voiding("house/crm", became_his, R"(,"data":)" + attested("m-9")));
  const auto was_his = house.tell("attestation.held", attested("m-9"));
  house.tell("event.corrected", voiding("house/crm", was_his, R"(,"data":)" + attested("m-2")));
  house.as_head();
  check_forbidden(house.say("event.voided", voiding("house/crm", became_his)), "data.target_id");
  check_recorded(house.say("event.voided", voiding("house/crm", was_his)));
  // He charges others, not himself, nor lets himself off.
  check_forbidden(house.say("breach.recorded", charged("b-3", "m-9")), "data.manager_id");
  check_forbidden(house.say("incident.recorded", damage("m-9")), "data.manager_id");
  check_recorded(house.say("breach.recorded", charged("b-4", "m-2")));
}
