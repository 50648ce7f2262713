// Goal: whose clients somebody sees follows who answers for them today, and nothing else. Method: a
// house in memory; the scope of a principal, asked on a day.
#include "consumers/access/scope.h"

#include <fmt/format.h>

#include "tests/consumers/access/departments.h"
#include "tests/support/catch.h"

using namespace ledger;
using namespace ledger::testing;

namespace {

constexpr std::string_view kBegin = "2026-01-05T08:00:00Z";

void hire(House& house, std::string_view manager, std::string_view department) {
  const std::string of = department.empty() ? "" : fmt::format(R"("department":"{}",)", department);
  tell(house, fmt::format("hired-{}", manager), "manager.hired", kBegin,
       fmt::format(R"({{"manager_id":"{0}",{1}"name":"{0}","hired_on":"2026-01-05"}})", manager,
                   of));
}

void give(House& house, std::string_view client, std::string_view manager, std::string_view day) {
  tell(house, fmt::format("given-{}-{}", client, manager), "client.assigned", kBegin,
       fmt::format(R"({{"client_id":"{}","manager_id":"{}","effective_from":"{}"}})", client,
                   manager, day));
}

void open_card(House& house, std::string_view client) {
  tell(house, fmt::format("card-{}", client), "client.registered", kBegin,
       fmt::format(R"({{"client_id":"{0}","name":"{0}"}})", client));
}

// Away from 23 to 25 November, with a stand-in in those days.
void send_away(House& house, std::string_view manager, std::string_view stand_in) {
  tell(
      house, "away", "absence.recorded", kBegin,
      fmt::format(
          R"({{"absence_id":"a-1","manager_id":"{}","kind":"vacation","from":"2026-11-23","to":"2026-11-25"}})",
          manager));
  tell(
      house, "instead", "stand_in.appointed", kBegin,
      fmt::format(
          R"({{"appointment_id":"s-1","absent_manager_id":"{}","stand_in_id":"{}","from":"2026-11-23","to":"2026-11-25"}})",
          manager, stand_in));
}

std::shared_ptr<const Principal> a_manager(std::string_view id) {
  Principal who;
  who.id = "somebody";
  who.role = Role::kManager;
  who.manager_id = ManagerId(std::string(id));
  return std::make_shared<const Principal>(std::move(who));
}

// Asked on a day.
struct Eyes {
  std::shared_ptr<const ViewSnapshot> snapshot;
  std::shared_ptr<const Principal> who;
  Scope scope;

  Eyes(House& house, std::shared_ptr<const Principal> principal, std::string_view day)
      : snapshot(house.views->current()),
        who(std::move(principal)),
        scope(Scope::of(who.get(), *snapshot, parse_date(day).value(),
                        BusinessZone::named("Europe/Kyiv").value())
                  .value()) {}

  bool see(std::string_view client) { return scope.sees_client(client).value(); }
  bool see_manager(std::string_view id) const {
    return scope.sees_manager(ManagerId(std::string(id))).value();
  }
};

House two_departments() {
  House house;
  hire(house, "m-1", "гурт");
  hire(house, "m-2", "роздріб");
  hire(house, "m-3", "");
  for (const std::string_view client : {"c-1", "c-2", "c-3", "c-nobody"}) open_card(house, client);
  give(house, "c-1", "m-1", "2026-02-01");
  give(house, "c-2", "m-2", "2026-02-01");
  give(house, "c-3", "m-3", "2026-02-01");
  return house;
}

}  // namespace

TEST_CASE("scope: a manager sees his own, and who stands in sees them while he does", "[access]") {
  House house = two_departments();
  send_away(house, "m-1", "m-2");
  CHECK(Eyes(house, a_manager("m-1"), "2026-11-24").see("c-1"));
  CHECK_FALSE(Eyes(house, a_manager("m-1"), "2026-11-24").see("c-2"));
  CHECK(Eyes(house, a_manager("m-2"), "2026-11-24").see("c-1"));
  // The absence ended yesterday, or has not begun.
  CHECK_FALSE(Eyes(house, a_manager("m-2"), "2026-11-26").see("c-1"));
  CHECK_FALSE(Eyes(house, a_manager("m-2"), "2026-11-22").see("c-1"));
  CHECK_FALSE(Eyes(house, a_manager("m-2"), "2026-11-24").see_manager("m-1"));
  // The stand-in's head answers for them with him.
  CHECK(Eyes(house, head_of({"роздріб"}), "2026-11-24").see("c-1"));
  CHECK_FALSE(Eyes(house, head_of({"роздріб"}), "2026-11-26").see("c-1"));
}

TEST_CASE("scope: a head sees his departments, of all with a star", "[access]") {
  House house = two_departments();
  Eyes head(house, head_of({"гурт"}), "2026-11-24");
  CHECK(head.see("c-1"));
  CHECK(head.see_manager("m-1"));
  CHECK_FALSE(head.see("c-2"));
  CHECK_FALSE(head.see_manager("m-2"));
  // Who has no department is of no head's, but of who heads all.
  CHECK_FALSE(head.see("c-3"));
  CHECK(head.see("c-nobody"));
  CHECK_FALSE(head.see("c-absent"));
  CHECK_FALSE(head.see_manager("m-absent"));
  CHECK_FALSE(head.scope.whole_house());

  Eyes all(house, head_of({"*"}), "2026-11-24");
  CHECK(all.scope.whole_house());
  for (const std::string_view client : {"c-1", "c-2", "c-3", "c-nobody", "c-absent"}) {
    CHECK(all.see(client));
  }
  Eyes none(house, head_of({}), "2026-11-24");
  CHECK_FALSE(none.see("c-1"));
  CHECK_FALSE(none.see_manager("m-1"));
}

TEST_CASE("scope: a head without departments named has his own by the ledger", "[access]") {
  House house = two_departments();
  Principal who;
  who.id = "head";
  who.role = Role::kHead;
  who.manager_id = ManagerId("m-1");
  Eyes head(house, std::make_shared<const Principal>(who), "2026-11-24");
  CHECK(head.see("c-1"));
  CHECK_FALSE(head.see("c-2"));
}

TEST_CASE("scope: a former owner sees nothing, nor who left, nor who has not come", "[access]") {
  House house = two_departments();
  give(house, "c-1", "m-2", "2026-11-20");
  CHECK(Eyes(house, a_manager("m-1"), "2026-11-19").see("c-1"));
  CHECK_FALSE(Eyes(house, a_manager("m-1"), "2026-11-20").see("c-1"));
  CHECK(Eyes(house, a_manager("m-2"), "2026-11-20").see("c-1"));
  tell(house, "left", "manager.dismissed", "2026-11-23T08:00:00Z",
       R"({"manager_id":"m-2","dismissed_on":"2026-11-23"})");
  CHECK(Eyes(house, a_manager("m-2"), "2026-11-23").see("c-2"));
  Eyes left(house, a_manager("m-2"), "2026-11-24");
  CHECK_FALSE(left.see("c-2"));
  CHECK_FALSE(left.see_manager("m-2"));
  // His clients stay his department's.
  CHECK(Eyes(house, head_of({"роздріб"}), "2026-11-24").see("c-2"));
  CHECK_FALSE(Eyes(house, a_manager("m-3"), "2026-01-04").see_manager("m-3"));
}

TEST_CASE("scope: of merged cards the one that answers decides, of split ones each", "[access]") {
  House house = two_departments();
  tell(house, "merged", "client.merged", "2026-11-01T08:00:00Z",
       R"({"client_id":"c-1","absorbed_client_id":"c-2","manager_id":"m-1","reason":"one"})");
  CHECK(Eyes(house, a_manager("m-1"), "2026-11-24").see("c-2"));
  CHECK_FALSE(Eyes(house, a_manager("m-2"), "2026-11-24").see("c-2"));
  tell(house, "apart", "event.voided", "2026-11-02T08:00:00Z",
       R"({"target_source":"test","target_id":"merged","reason":"two","manager_id":"m-1"})");
  CHECK_FALSE(Eyes(house, a_manager("m-1"), "2026-11-24").see("c-2"));
  CHECK(Eyes(house, a_manager("m-2"), "2026-11-24").see("c-2"));
}

TEST_CASE("scope: auditor, admin and nobody see everything, a source nothing", "[access]") {
  House house = two_departments();
  for (const auto& who :
       {std::shared_ptr<const Principal>(), somebody(Role::kAuditor), somebody(Role::kAdmin)}) {
    Eyes all(house, who, "2026-11-24");
    CHECK(all.scope.everything());
    CHECK(all.see("c-1"));
    CHECK(all.see("c-absent"));
    CHECK(all.see_manager("m-2"));
    CHECK(all.scope.sees_bank_details());
  }
  Eyes none(house, somebody(Role::kSource), "2026-11-24");
  CHECK_FALSE(none.see("c-1"));
  CHECK_FALSE(none.see("c-nobody"));
  CHECK_FALSE(none.see_manager("m-1"));
  CHECK_FALSE(none.scope.sees_nobodys());
}
