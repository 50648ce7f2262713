// Goal: nobody learns from a refusal, or beside his own client, whose something is that is not his
// to see; nor, by trying out ids of people and clients, which there are. Method: the same asked in
// the house of two departments about what is another's and about what there is not, by who sees it
// and by who does not.
#include <tuple>

#include "tests/consumers/access/two_departments.h"

using namespace ledger;
using namespace ledger::testing;

namespace {

// A call of nobody's number, m-1's by the event itself.
std::string waiting_call(TwoDepartments& house) {
  const auto answer = house.say(
      "call.completed",
      R"({"call_id":"k-1","direction":"inbound","client_phone":"+380501112201","duration_s":60,"talk_s":50,"outcome":"answered","manager_id":"m-1"})",
      "asterisk/main");
  check_recorded(answer);
  return text_of(answer, "position");
}

std::string accept(std::string_view position) {
  return fmt::format("/v1/unmatched/{}/accept", position);
}

constexpr const char* kAccount = "UA213223130000026007233566001";

// The same booking of the bank, told by a source of its own.
std::string booking(TwoDepartments& house, std::string_view source, std::string_view client) {
  const auto answer = house.say(
      "payment.received",
      fmt::format(
          R"({{"bank_reference":"R-1","our_account":"{}","amount":{{"amount_minor":4500000,"currency":"UAH"}},"booked_on":"2026-11-25"{}}})",
          kAccount, client.empty() ? "" : fmt::format(R"(,"client_id":"{}")", client)),
      source);
  INFO(answer.body);
  REQUIRE(answer.status == 201);
  return text_of(answer, "position");
}

void invoice(TwoDepartments& house, std::string_view client) {
  house.tell(
      "invoice.issued",
      fmt::format(
          R"({{"invoice_id":"inv-{0}","number":"{0}","client_id":"{0}","issued_on":"2026-11-20","due_on":"2026-12-20","amount":{{"amount_minor":4500000,"currency":"UAH"}}}})",
          client));
}

bool names(const http::Response& answer, std::string_view text) {
  return answer.body.find(text) != std::string::npos;
}

}  // namespace

TEST_CASE(
    "unnamed: whom one names is refused alike where there is nobody and where he is another's") {
  TwoDepartments house;
  const auto mine = waiting_call(house);
  const auto alike = [&](std::string_view path, std::string_view body, std::string_view theirs,
                         std::string_view absent) {
    const auto refused = house.post_to(path, fmt::format(fmt::runtime(body), theirs));
    const auto unknown = house.post_to(path, fmt::format(fmt::runtime(body), absent));
    INFO(refused.body);
    CHECK(refused.status == 403);
    CHECK(unknown.status == refused.status);
    CHECK(unknown.body == refused.body);
    CHECK_FALSE(names(refused, theirs));
  };
  const auto reject = fmt::format("/v1/unmatched/{}/reject", mine);
  house.as_manager();
  alike(accept(mine), R"({{"client_id":"{}"}})", "c-3", "c-404");
  alike(reject, R"({{"client_id":"{}","reason":"не його"}})", "c-3", "c-404");
  alike(accept(mine), R"({{"client_id":"c-1","manager_id":"{}"}})", "m-3", "m-404");
  house.as_head();
  alike(accept(mine), R"({{"client_id":"{}","manager_id":"m-1"}})", "c-3", "c-404");
  alike(accept(mine), R"({{"client_id":"c-1","manager_id":"{}"}})", "m-3", "m-404");
  // Who sees everybody learns that there is nobody.
  house.as_bookkeeper();
  const auto none = house.post_to(accept(mine), R"({"client_id":"c-404","manager_id":"m-1"})");
  CHECK(none.status == 404);
  CHECK(names(none, "c-404"));
  check_recorded(house.post_to(accept(mine), R"({"client_id":"c-1","manager_id":"m-1"})"));
}

TEST_CASE("unnamed: an invoice that is another's is refused as one that there is not") {
  TwoDepartments house;
  const auto money = booking(house, "bank/privat", "c-1");
  invoice(house, "c-3");
  house.as_manager();
  const auto refused = [&](std::string_view what, std::string_view invoice_id,
                           std::string_view more) {
    auto answer = house.post_to(fmt::format("/v1/unallocated/{}/{}", money, what),
                                fmt::format(R"({{"invoice_id":"{}"{}}})", invoice_id, more));
    INFO(answer.body);
    CHECK(answer.status == 404);
    const auto at = answer.body.find(invoice_id);  // what he asked for is said back to him
    if (at != std::string::npos) answer.body.erase(at, invoice_id.size());
    return answer.body;
  };
  CHECK(refused("accept", "inv-c-3", "") == refused("accept", "absent", ""));
  constexpr std::string_view kReason = R"(,"reason":"не те")";
  CHECK(refused("reject", "inv-c-3", kReason) == refused("reject", "absent", kReason));
}

TEST_CASE("unnamed: for whom a booking counts is told to who sees him") {
  TwoDepartments house;
  booking(house, "bank/privat", "c-3");
  house.set_now("2026-11-25T15:01:00Z");
  const auto again = booking(house, "bank/mono", "");
  const auto body = R"({"client_id":"c-1","manager_id":"m-1"})";
  house.as_head();
  for (const bool duplicate : {false, true}) {
    const auto accepted = house.post_to(accept(again), body);
    INFO(accepted.body);
    check_recorded(accepted);
    CHECK(names(accepted, duplicate ? R"("duplicate":true)" : R"("duplicate":false)"));
    CHECK(names(accepted, R"("counts_for":{"restricted":true)"));
    CHECK_FALSE(names(accepted, "c-3"));
  }
  // Nothing is paid by what waits so, and no one learns for whom it counts who does not see him.
  invoice(house, "c-1");
  house.as_manager();
  const auto refused =
      house.post_to(fmt::format("/v1/unallocated/{}/accept", again), R"({"invoice_id":"inv-c-1"})");
  INFO(refused.body);
  CHECK(refused.status == 409);
  CHECK(text_of(refused, "field") == "position");
  CHECK_FALSE(names(refused, "c-3"));
  CHECK_FALSE(names(refused, kAccount));
  house.as_bookkeeper();
  const auto seen = house.post_to(accept(again), body);
  CHECK(names(seen, R"("counts_for":{"client_id":"c-3")"));
}

TEST_CASE("unnamed: whose an act, an invoice or a booking is stays unsaid where it is another's") {
  TwoDepartments house;
  const auto position_of = [&](std::string_view type, std::string_view data) {
    const auto answer = house.say(type, data);
    check_recorded(answer);
    return text_of(answer, "position");
  };
  const auto act = position_of(
      "reconciliation.drafted",
      R"({"act_id":"act-3","client_id":"c-3","manager_id":"m-3","from":"2026-10-01","to":"2026-10-31","closing":{"amount_minor":100,"currency":"UAH"},"position":"1,0,7","digest":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"})");
  const auto invoice = position_of(
      "invoice.issued",
      R"({"invoice_id":"inv-3","number":"3","client_id":"c-3","issued_on":"2026-11-20","due_on":"2026-12-20","amount":{"amount_minor":4500,"currency":"UAH"}})");
  constexpr const char* kBooking =
      R"({{"bank_reference":"{}","our_account":"UA213223130000026007233566001","amount":{{"amount_minor":4500,"currency":"UAH"}},"booked_on":"2026-11-25","client_id":"{}"}})";
  const auto first =
      position_of("payment.received", fmt::format(fmt::runtime(kBooking), "R-1", "c-3"));
  house.set_now("2026-11-25T15:01:00Z");
  const auto second =
      house.tell("payment.received", fmt::format(fmt::runtime(kBooking), "R-1", "c-1"));
  const auto money =
      house.tell("payment.received", fmt::format(fmt::runtime(kBooking), "R-2", "c-1"));
  // Where it was told is said: that can be read by whoever may.
  const auto check_unsaid = [](const http::Response& answer, const std::string& told,
                               std::string_view field) {
    INFO(answer.body);
    CHECK(answer.status == 409);
    CHECK(text_of(answer, "field") == field);
    CHECK(answer.body.find("c-3") == std::string::npos);
    CHECK(answer.body.find(told) != std::string::npos);
  };
  house.as_manager();
  check_unsaid(
      house.say(
          "reconciliation.sent",
          R"({"act_id":"act-3","client_id":"c-1","manager_id":"m-1","sent_on":"2026-11-25","channel":"letter"})"),
      act, "data.client_id");
  const auto allocated = [&](std::string_view payment, std::string_view of) {
    return house.say(
        "payment.allocated",
        fmt::format(
            R"({{"client_id":"c-1","payment_source":"house/crm","payment_id":"{}","invoice_id":"{}","amount":{{"amount_minor":100,"currency":"UAH"}},"effective_on":"2026-11-25","method":"person","manager_id":"m-9"}})",
            payment, of));
  };
  house.as_head();
  check_unsaid(allocated(money, "inv-3"), invoice, "data.invoice_id");
  check_unsaid(allocated(second, "inv-1"), first, "data.payment_id");
  house.as_role(Role::kAdmin);
  check_unsaid(
      house.say(
          "payment.allocation_rejected",
          fmt::format(
              R"({{"client_id":"c-1","payment_source":"house/crm","payment_id":"{}","invoice_id":"inv-3","reason":"аванс"}})",
              money)),
      invoice, "data.invoice_id");
}

TEST_CASE("unnamed: an allocation across two cards tells of each side to who sees it") {
  TwoDepartments house;
  invoice(house, "c-3");
  std::ignore = booking(house, "bank/privat", "c-1");
  const auto payment = house.last_id();
  const auto merge = house.tell(
      "client.merged", R"({"client_id":"c-3","absorbed_client_id":"c-1","reason":"один клієнт"})");
  house.tell(
      "payment.allocated",
      fmt::format(
          R"({{"client_id":"c-1","payment_source":"bank/privat","payment_id":"{}","invoice_id":"inv-c-3","amount":{{"amount_minor":4242,"currency":"UAH"}},"effective_on":"2026-11-25","method":"person","manager_id":"m-1"}})",
          payment));
  house.tell(
      "event.voided",
      fmt::format(R"({{"target_source":"house/crm","target_id":"{}","reason":"різні"}})", merge));
  const std::string pays = fmt::format(R"("payment_id":"{}")", payment);
  constexpr std::string_view kInvoice = R"("invoice_id":"inv-c-3")";
  const auto crossed_of = [&](std::string_view client) {
    const auto answer = house.get(fmt::format("/v1/clients/{}/receivables", client));
    INFO(answer.body);
    REQUIRE(answer.status == 200);
    const auto body = boost::json::parse(answer.body);
    return boost::json::serialize(body.at("cross_allocations"));
  };
  const auto has = [](const std::string& crossed, std::string_view text) {
    return crossed.find(text) != std::string::npos;
  };
  house.as_manager();
  const auto own = crossed_of("c-1");
  CHECK(has(own, pays));
  CHECK(has(own, R"("restricted":true)"));
  CHECK(has(own, "4242"));  // so much of his client's money is kept
  CHECK_FALSE(has(own, "c-3"));
  house.as_manager("m-3");
  const auto theirs = crossed_of("c-3");
  CHECK(has(theirs, kInvoice));
  CHECK(has(theirs, R"("restricted":true)"));
  CHECK_FALSE(has(theirs, R"("payment_)"));
  CHECK_FALSE(has(theirs, R"("c-1")"));
  house.as_bookkeeper();
  for (const char* client : {"c-1", "c-3"}) {
    const auto whole = crossed_of(client);
    CHECK(has(whole, pays));
    CHECK(has(whole, kInvoice));
    CHECK_FALSE(has(whole, "restricted"));
  }
}
