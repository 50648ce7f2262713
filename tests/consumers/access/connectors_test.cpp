// Goal: what connectors alone may do (restate, ask, bring what they could not record) stays theirs,
// and people ask of their own records alone. Method: as recording_test.cpp.
#include "tests/consumers/access/two_departments.h"

using namespace ledger;
using namespace ledger::testing;

namespace {

constexpr const char* kMeeting = R"({"client_id":"c-1","manager_id":"m-1","topic":"умови"})";

}  // namespace

TEST_CASE("recording: people neither restate nor ask what the ledger knows of others' records") {
  TwoDepartments house;
  const auto of = [](std::string_view source, std::string_view data) {
    return fmt::format(
        R"({{"specversion":"1.0","id":"r-1","source":"{}","type":"org.salesledger.meeting.held.v1","time":"2026-11-25T10:00:00Z","data":{}}})",
        source, data);
  };
  house.as_manager();
  check_forbidden(house.post_restated(of("people/p.m-1", kMeeting)), "");
  const auto of_machine = house.post_check("[" + of("house/crm", kMeeting) + "]");
  REQUIRE(of_machine.status == 200);
  CHECK(boost::json::parse(of_machine.body).at("items").at(0).at("found") == "refused");
  // Who brings files may ask, of what he may bring alone.
  house.as_bookkeeper();
  check_forbidden(house.post_restated(of("people/p.m-9", kMeeting)), "source");
  const auto checked = house.post_check("[" + of("people/p.m-1", kMeeting) + "]");
  REQUIRE(checked.status == 200);
  const auto item = boost::json::parse(checked.body).at("items").at(0);
  CHECK(item.at("found") == "refused");
  CHECK(item.at("error") == "forbidden");
  CHECK(item.as_object().if_contains("id") == nullptr);
  house.as_role(Role::kAdmin);
  check_recorded(house.post_restated(of("house/import", kMeeting)));
}

TEST_CASE("recording: what lies in the quarantine is for heads, and connectors bring it") {
  Principal who{"x", Role::kManager, "Х"};
  const auto may = [&](Role role, std::string_view action) {
    who.role = role;
    return may_handle_quarantine(who, action).has_value();
  };
  CHECK(may(Role::kSource, "keep"));
  CHECK_FALSE(may(Role::kSource, "replay"));
  CHECK_FALSE(may(Role::kManager, "keep"));
  CHECK_FALSE(may(Role::kManager, "dismiss"));
  CHECK(may(Role::kHead, "replay"));
  CHECK(may(Role::kHead, "dismiss"));
  CHECK_FALSE(may(Role::kHead, "keep"));
  who.departments = {"*"};  // a bookkeeper, who brings files
  CHECK(may(Role::kHead, "keep"));
  CHECK_FALSE(may(Role::kManager, "keep"));
  CHECK_FALSE(may(Role::kAuditor, "replay"));
  CHECK(may(Role::kAdmin, "keep"));
  CHECK(may(Role::kAdmin, "dismiss"));
}

TEST_CASE("recording: a person may ask whether what he sent is there, and learns of no other's") {
  TwoDepartments house;
  const auto asked = [&](std::string_view id, std::string_view data, std::string_view source) {
    const auto answer = house.post_check(fmt::format(
        R"([{{"specversion":"1.0","id":"{}","source":"{}","type":"org.salesledger.meeting.held.v1","time":"2026-11-25T10:00:00Z","data":{}}}])",
        id, source, data));
    INFO(answer.body);
    REQUIRE(answer.status == 200);
    return boost::json::parse(answer.body).at("items").at(0).as_object();
  };
  house.as_manager();
  const auto told = house.say("meeting.held", kMeeting);
  check_recorded(told);
  const auto id = text_of(told, "id");
  const auto source = text_of(told, "source");
  CHECK(asked("never-sent", kMeeting, source).at("found") == "new");
  CHECK(source == "people/p.m-1");
  CHECK(asked(id, kMeeting, source).at("found") == "known");
  // Another's source and another's client: in the same words whether it is there or not.
  house.as_manager("m-3");
  const auto theirs = asked(id, kMeeting, source);
  CHECK(theirs.at("found") == "refused");
  CHECK(theirs == asked("never-sent", kMeeting, source));
  const auto client = asked(id, kMeeting, "people/p.m-3");
  CHECK(client.at("found") == "refused");
  CHECK(client == asked("never-sent", kMeeting, "people/p.m-3"));
}
