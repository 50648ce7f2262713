// Goal: no one person takes back or changes a contract or a payment (OWASP API6). Method: every way
// in which one person could do it alone, and the one in which two do.
#include "consumers/access/recording.h"
#include "events/types/amendment.h"
#include "tests/consumers/access/two_departments.h"

using namespace ledger;
using namespace ledger::testing;

namespace {

constexpr const char* kContract =
    R"({"contract_id":"k-1","number":"1/26","client_id":"c-1","manager_id":"m-1","signed_on":"2026-11-25"})";
constexpr const char* kSignedBefore =
    R"({"contract_id":"k-1","number":"1/26","client_id":"c-1","manager_id":"m-1","signed_on":"2026-11-24"})";

std::string about(std::string_view source, std::string_view id, std::string_view more = "") {
  return fmt::format(R"({{"target_source":"{}","target_id":"{}","reason":"помилка"{}}})", source,
                     id, more);
}

// A contract that m-1 told, and what he proposes about it.
struct Proposed {
  explicit Proposed(std::string_view data = "") {
    house.as_manager();
    check_recorded(house.say("contract.signed", kContract));
    contract = house.last_id();
    check_recorded(
        house.say("correction.proposed",
                  about(source, contract, data.empty() ? "" : fmt::format(R"(,"data":{})", data))));
    proposal = house.last_id();
  }
  [[nodiscard]] std::string naming(std::string_view more = "",
                                   std::string_view by = "people/p.m-1") const {
    return about(
        source, contract,
        fmt::format(R"({},"proposal_source":"{}","proposal_id":"{}")", more, by, proposal));
  }

  TwoDepartments house;
  std::string source = "people/p.m-1";
  std::string contract;
  std::string proposal;
};

}  // namespace

TEST_CASE("two people: a manager cannot take back a contract, not even his own") {
  Proposed told;
  check_forbidden(told.house.say("event.voided", about(told.source, told.contract)), "type");
  check_forbidden(told.house.say("event.voided", told.naming()), "type");
  check_forbidden(
      told.house.say("event.corrected", told.naming(fmt::format(R"(,"data":{})", kSignedBefore))),
      "type");
}

TEST_CASE("two people: a head needs another's proposal, about this very event") {
  Proposed told;
  told.house.as_head();
  check_forbidden(told.house.say("event.voided", about(told.source, told.contract)),
                  "data.proposal_id");
  check_forbidden(
      told.house.say("event.voided",
                     about(told.source, told.contract,
                           R"(,"proposal_source":"people/p.m-1","proposal_id":"absent")")),
      "data.proposal_id");
  // An event of another kind is no proposal, nor is his own one, nor that about another contract.
  check_forbidden(told.house.say("event.voided",
                                 about(told.source, told.contract,
                                       fmt::format(R"(,"proposal_source":"{}","proposal_id":"{}")",
                                                   told.source, told.contract))),
                  "data.proposal_id");
  check_recorded(told.house.say("correction.proposed", about(told.source, told.contract)));
  const auto own = told.house.last_id();
  check_forbidden(
      told.house.say(
          "event.voided",
          about(told.source, told.contract,
                fmt::format(R"(,"proposal_source":"people/p.m-9","proposal_id":"{}")", own))),
      "data.proposal_source");
  const auto other = told.house.tell(
      "contract.signed",
      R"({"contract_id":"k-2","number":"2/26","client_id":"c-1","manager_id":"m-1","signed_on":"2026-11-25"})");
  check_forbidden(told.house.say("event.voided",
                                 about("house/crm", other,
                                       fmt::format(R"(,"proposal_source":"{}","proposal_id":"{}")",
                                                   told.source, told.proposal))),
                  "data.proposal_id");
  check_recorded(told.house.say("event.voided", told.naming()));
}

TEST_CASE("two people: what is done is what was proposed") {
  Proposed told(kSignedBefore);
  told.house.as_head();
  check_forbidden(told.house.say("event.voided", told.naming()), "data.proposal_id");
  check_forbidden(
      told.house.say("event.corrected", told.naming(fmt::format(R"(,"data":{})", kContract))),
      "data.data");
  // In another order of its members it says the same.
  check_recorded(told.house.say(
      "event.corrected",
      told.naming(
          R"(,"data":{"signed_on":"2026-11-24","client_id":"c-1","contract_id":"k-1","number":"1/26","manager_id":"m-1"})")));
}

TEST_CASE("two people: a proposal that was taken back proposes nothing") {
  Proposed told;
  check_recorded(told.house.say("event.voided", about(told.source, told.proposal)));
  told.house.as_head();
  check_forbidden(told.house.say("event.voided", told.naming()), "data.proposal_id");
}

TEST_CASE("two people: who told it is not who takes it back, and an admin is one person too") {
  TwoDepartments house;
  house.as_head();
  check_recorded(house.say("contract.signed", kContract));
  const auto contract = house.last_id();
  house.as_manager();
  check_recorded(house.say("correction.proposed", about("people/p.m-9", contract)));
  const auto named = about(
      "people/p.m-9", contract,
      fmt::format(R"(,"proposal_source":"people/p.m-1","proposal_id":"{}")", house.last_id()));
  house.as_head();
  check_forbidden(house.say("event.voided", named), "data.target_source");
  house.as_role(Role::kAdmin);
  check_forbidden(house.say("event.voided", about("people/p.m-9", contract)), "data.proposal_id");
  check_forbidden(house.say("event.voided", about("people/p.m-9", contract), "house/import"),
                  "data.proposal_id");
  check_recorded(house.say("event.voided", named));
}

TEST_CASE("two people: nobody proposes about what he does not see, or what one person may mend") {
  TwoDepartments house;
  const auto theirs = house.tell(
      "contract.signed",
      R"({"contract_id":"k-3","number":"3/26","client_id":"c-3","manager_id":"m-3","signed_on":"2026-11-25"})");
  const auto meeting =
      house.tell("meeting.held", R"({"client_id":"c-1","manager_id":"m-1","topic":"т"})");
  house.as_manager();
  for (const auto& target : {theirs, meeting, std::string("absent")}) {
    check_forbidden(house.say("correction.proposed", about("house/crm", target)), "data.target_id");
  }
}

TEST_CASE("two people: a payment that the bank told, and the bank's own word about it") {
  TwoDepartments house;
  const auto payment = house.tell(
      "payment.received",
      R"({"bank_reference":"1","our_account":"UA213223130000026007233566001","amount":{"amount_minor":4500000,"currency":"UAH"},"booked_on":"2026-11-25","client_id":"c-1"})",
      "bank/privat");
  house.as_manager();
  check_recorded(house.say("correction.proposed", about("bank/privat", payment)));
  const auto naming =
      fmt::format(R"(,"manager_id":"m-9","proposal_source":"people/p.m-1","proposal_id":"{}")",
                  house.last_id());
  const auto may_approve = [&](std::string_view id) {
    Principal head{fmt::format("p.{}", id), Role::kHead, "Хтось"};
    head.manager_id = ManagerId(std::string(id));
    head.departments = {"*"};
    house.as(head);
    const auto answer = boost::json::parse(house.get("/v1/proposals/corrections").body);
    return answer.at("proposals").at(0).at("may_approve").as_bool();
  };
  CHECK_FALSE(may_approve("m-2"));  // a head by his role, and none by his post
  CHECK(may_approve("m-9"));
  house.as_head();
  check_forbidden(
      house.say("event.voided", about("bank/privat", payment, R"(,"manager_id":"m-9")")),
      "data.proposal_id");
  // Who decided is a head of department: the door's own rule about what machines told stands.
  check_recorded(house.say("event.voided", about("bank/privat", payment, naming)));
  const auto second = house.tell(
      "payment.received",
      R"({"bank_reference":"2","our_account":"UA213223130000026007233566001","amount":{"amount_minor":4500000,"currency":"UAH"},"booked_on":"2026-11-25","client_id":"c-1"})",
      "bank/privat");
  // Nor is it the bank's word because an admin says so; what he imports is.
  house.as_role(Role::kAdmin);
  const auto as_bank = about("bank/privat", second, R"(,"manager_id":"m-9")");
  check_forbidden(house.say("event.voided", as_bank, "bank/privat"), "data.proposal_id");
  const auto third = house.tell(
      "payment.received",
      R"({"bank_reference":"3","our_account":"UA213223130000026007233566001","amount":{"amount_minor":4500000,"currency":"UAH"},"booked_on":"2026-11-25","client_id":"c-1"})",
      "bank/privat");
  check_recorded(house.post_restated(fmt::format(
      R"({{"specversion":"1.0","id":"v-3","source":"bank/privat","type":"org.salesledger.event.voided.v1","time":"2026-11-25T10:00:00Z","data":{}}})",
      about("bank/privat", third))));
  house.settle();
  Principal bank{"bank", Role::kSource, "Банк"};
  bank.sources = {"bank/*"};
  house.as(bank);
  check_recorded(house.say("event.voided", about("bank/privat", second), "bank/privat"));
}

TEST_CASE("two people: what is not there yet is not taken back by one when it comes") {
  TwoDepartments house;
  const auto snapshot = house.views->current();
  EventVoided voided;
  voided.target_source = "bank/privat";
  voided.target_id = "on-its-way";
  voided.reason = "помилка";
  const Principal admin{"a.admin", Role::kAdmin, "Адміністратор"};
  const Date today = parse_date("2026-11-25").value();
  auto scope =
      Scope::of(&admin, *snapshot, today, BusinessZone::named("Europe/Kyiv").value()).value();
  const auto verdict = Recording(admin, scope, *snapshot, today)
                           .may({"v", "people/a.admin", {}, {}, EventData(voided)}, {});
  REQUIRE_FALSE(verdict);
  CHECK(verdict.error().error.code == ErrorCode::kNotFound);
  CHECK(verdict.error().error.field == "data.target_id");
  CHECK_FALSE(verdict.error().forbidden);
}
