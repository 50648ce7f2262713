// Goal: whoever decides about money and facts that wait decides about his own, as himself. Method:
// calls and money in the house of two departments, asked about by those whose they are and by
// others; what is not there and what is another's get one answer.
#include "tests/consumers/access/two_departments.h"

using namespace ledger;
using namespace ledger::testing;

namespace {

// A call of nobody's number: it waits, and is m-1's by the event itself.
std::string waiting_call(TwoDepartments& house, std::string_view manager) {
  const auto answer = house.say(
      "call.completed",
      fmt::format(
          R"({{"call_id":"k-{0}","direction":"inbound","client_phone":"+38050111220{1}","duration_s":60,"talk_s":50,"outcome":"answered","manager_id":"{0}"}})",
          manager, manager.back()),
      "asterisk/main");
  INFO(answer.body);
  REQUIRE(answer.status == 201);
  return text_of(answer, "position");
}

std::string payment(TwoDepartments& house, std::string_view reference, std::string_view client) {
  const auto answer = house.say(
      "payment.received",
      fmt::format(
          R"({{"bank_reference":"{}","our_account":"UA213223130000026007233566001","amount":{{"amount_minor":4500000,"currency":"UAH"}},"booked_on":"2026-11-25"{}}})",
          reference, client.empty() ? "" : fmt::format(R"(,"client_id":"{}")", client)),
      "bank/privat");
  INFO(answer.body);
  REQUIRE(answer.status == 201);
  return text_of(answer, "position");
}

std::string accept(std::string_view position) {
  return fmt::format("/v1/unmatched/{}/accept", position);
}

}  // namespace

TEST_CASE("decisions: a manager says whose his own call was, and is himself unnamed") {
  TwoDepartments house;
  const auto mine = waiting_call(house, "m-1");
  const auto theirs = waiting_call(house, "m-3");
  house.as_manager();
  check_forbidden(house.post_to(accept(theirs), R"({"client_id":"c-1"})"), "position");
  check_forbidden(house.post_to(accept("0:99999"), R"({"client_id":"c-1"})"), "position");
  check_forbidden(house.post_to(accept("99:0"), R"({"client_id":"c-1"})"), "position");
  check_forbidden(house.post_to(accept(mine), R"({"client_id":"c-3"})"), "client_id");
  check_forbidden(house.post_to(accept(mine), R"({"client_id":"c-1","manager_id":"m-2"})"),
                  "manager_id");
  const auto accepted = house.post_to(accept(mine), R"({"client_id":"c-1"})");
  check_recorded(accepted);
  house.as_nobody();
  const auto event = house.get("/v1/log/" + text_of(accepted, "position"));
  CHECK(boost::json::parse(event.body).at("data").at("manager_id") == "m-1");
  CHECK(boost::json::parse(event.body).at("source") == "people/p.m-1");
}

TEST_CASE("decisions: a call that was found to be another's client is no more his to decide") {
  TwoDepartments house;
  const auto call = waiting_call(house, "m-1");
  check_recorded(house.post_to(accept(call), R"({"client_id":"c-3","manager_id":"m-3"})"));
  house.as_manager();
  const auto answer = house.post_to(accept(call), R"({"client_id":"c-1"})");
  check_forbidden(answer, "position");
  CHECK(answer.body.find("c-3") == std::string::npos);
}

TEST_CASE("decisions: money that is nobody's yet is for heads") {
  TwoDepartments house;
  const auto money = payment(house, "1", "");
  const auto path = fmt::format("/v1/unmatched/{}/rule-out", money);
  house.as_manager();
  check_forbidden(house.post_to(path, R"({"nature":"bank_interest","reason":"відсотки"})"),
                  "position");
  check_forbidden(house.post_to(accept(money), R"({"client_id":"c-1"})"), "position");
  house.as_head();
  const auto accepted = house.post_to(accept(money), R"({"client_id":"c-2"})");
  check_recorded(accepted);
  CHECK(text_of(accepted, "source").starts_with("people/"));
}

TEST_CASE("decisions: what a client's money pays is said by who answers for him") {
  TwoDepartments house;
  const auto money = payment(house, "1", "c-1");
  for (const char* client : {"c-1", "c-3"}) {
    house.tell(
        "invoice.issued",
        fmt::format(
            R"({{"invoice_id":"inv-{0}","number":"{0}","client_id":"{0}","issued_on":"2026-11-20","due_on":"2026-12-20","amount":{{"amount_minor":4500000,"currency":"UAH"}}}})",
            client));
  }
  const auto path = fmt::format("/v1/unallocated/{}/accept", money);
  house.as_manager("m-3");
  check_forbidden(house.post_to(path, R"({"invoice_id":"inv-c-1"})"), "position");
  house.as_role(Role::kAuditor);
  check_forbidden(house.post_to(path, R"({"invoice_id":"inv-c-1"})"), "");
  house.as_manager();
  const auto paid = house.post_to(path, R"({"invoice_id":"inv-c-1"})");
  check_recorded(paid);
  // Said again it is the same, whoever says so.
  const auto again = house.post_to(path, R"({"invoice_id":"inv-c-1"})");
  CHECK(text_of(again, "position") == text_of(paid, "position"));
  house.as_nobody();
  const auto event = house.get("/v1/log/" + text_of(paid, "position"));
  CHECK(boost::json::parse(event.body).at("source") == "people/p.m-1");
}

TEST_CASE("decisions: that a call is no client's is said by who sees it, as himself") {
  TwoDepartments house;
  const auto mine = waiting_call(house, "m-1");
  const auto theirs = waiting_call(house, "m-3");
  const auto path = [](std::string_view position) {
    return fmt::format("/v1/unmatched/{}/rule-out", position);
  };
  constexpr const char* kSpam = R"({"nature":"spam","reason":"реклама"})";
  house.as_manager();
  check_forbidden(house.post_to(path(theirs), kSpam), "position");
  check_forbidden(house.post_to(path("0:99999"), kSpam), "position");
  check_forbidden(
      house.post_to(path(mine), R"({"nature":"spam","reason":"реклама","manager_id":"m-2"})"),
      "manager_id");
  const auto ruled_out = house.post_to(path(mine), kSpam);
  check_recorded(ruled_out);
  house.as_nobody();
  const auto event = house.get("/v1/log/" + text_of(ruled_out, "position"));
  CHECK(boost::json::parse(event.body).at("data").at("manager_id") == "m-1");
  CHECK(boost::json::parse(event.body).at("type") == "org.salesledger.interaction.ruled_out.v1");
}

TEST_CASE("decisions: an advance is named by who answers for the client") {
  TwoDepartments house;
  const auto money = payment(house, "1", "c-1");
  const auto path = fmt::format("/v1/unallocated/{}/advance", money);
  house.as_manager("m-3");
  check_forbidden(house.post_to(path, "{}"), "position");
  house.as_role(Role::kAuditor);
  check_forbidden(house.post_to(path, "{}"), "");
  house.as_manager();
  check_forbidden(house.post_to(path, R"({"manager_id":"m-2"})"), "manager_id");
  const auto named = house.post_to(path, R"({"reason":"за грудень"})");
  check_recorded(named);
  house.as_manager("m-3");
  CHECK(house.get("/v1/unallocated?state=advance").body.find("грудень") == std::string::npos);
}

TEST_CASE("decisions: what a rule decided is shown to who sees its client, and to nobody else") {
  TwoDepartments house;
  for (const char* client : {"c-1", "c-3"}) {
    house.tell(
        "payment.received",
        fmt::format(
            R"({{"bank_reference":"{0}","our_account":"UA213223130000026007233566001","amount":{{"amount_minor":4500000,"currency":"UAH"}},"booked_on":"2026-11-25","client_id":"{0}"}})",
            client),
        "bank/privat");
    house.tell(
        "invoice.issued",
        fmt::format(
            R"({{"invoice_id":"inv-{0}","number":"{0}","client_id":"{0}","issued_on":"2026-11-20","due_on":"2026-12-20","amount":{{"amount_minor":4500000,"currency":"UAH"}}}})",
            client));
    house.tell(
        "payment.allocated",
        fmt::format(
            R"({{"client_id":"{0}","payment_source":"bank/none","payment_id":"{0}","invoice_id":"inv-{0}","amount":{{"amount_minor":100,"currency":"UAH"}},"effective_on":"2026-11-25","method":"fifo","rule_version":"allocation.v5"}})",
            client));
  }
  const auto decided = [&] { return house.get("/v1/rule-decisions").body; };
  house.as_manager();
  CHECK(decided().find("inv-c-1") != std::string::npos);
  CHECK(decided().find("inv-c-3") == std::string::npos);
  house.as_manager("m-3");
  CHECK(decided().find("inv-c-1") == std::string::npos);
  house.as_head();
  CHECK(decided().find("inv-c-1") != std::string::npos);
  house.as_source();
  CHECK(house.get("/v1/rule-decisions").status == 403);
}
