// Goal: what a sender says of a record that a person matched goes beneath that match, and nothing
// moves the record from it; a crash in between is found and mended. Method: as restating_test.cpp.
#include "tests/producers/append/restating_house.h"

using namespace ledger;
using namespace ledger::testing;

namespace {

// A person listened to the record: the call of an unknown number is c-1's.
void match_by_person(Ledger& ledger, const std::string& id = "person") {
  ledger.tell(
      id, "interaction.matched",
      R"({"target_source":"pbx","target_id":"k1","client_id":"c-1","manager_id":"m-1","reason":"слухали запис"})");
}

}  // namespace

TEST_CASE("restating: what a sender adds goes beneath a person's match") {
  const Statement first{.phone = "+380930000000"};
  for (const int crash : {0, 1, 2}) {  // behind so many of its events
    Ledger ledger;
    CHECK(ledger.state(first).status == 201);
    match_by_person(ledger);
    CHECK(has(ledger.state(first), R"("duplicate":true)"));
    Statement second = first;
    second.talk_s = 33;
    if (crash > 0) {
      ledger.tell("k1~1~unmatch", "event.voided",
                  R"({"target_source":"pbx","target_id":"person","reason":"restated"})");
    }
    if (crash > 1) {
      ledger.tell(
          "k1~1", "event.corrected",
          fmt::format(R"({{"target_source":"pbx","target_id":"k1","reason":"restated","data":{}}})",
                      data_of(second)));
    }
    const auto restated = ledger.state(second);
    INFO(crash << restated.body);
    CHECK(restated.status == 201);
    CHECK(has(restated, R"("id":"k1~1")"));
    CHECK(has(restated, R"("restated":true)"));
    CHECK(ledger.talks("c-1") == Talks{"33 on 2026-11-25"});
    CHECK(has(ledger.house.get("/v1/log?limit=1000"), R"("id":"k1~1~match")"));
    CHECK(has(ledger.state(second), R"("duplicate":true)"));
    // and again, beneath the match that was said again
    CHECK(has(ledger.state(first), R"("id":"k1~2")"));
    CHECK(ledger.talks("c-1") == Talks{"58 on 2026-11-25"});
    CHECK_FALSE(has(ledger.house.get("/v1/unmatched"), "+380930000000"));
  }
}

TEST_CASE("restating: what would move a record from beneath a person's match is refused") {
  const Statement first{.phone = "+380930000000"};
  for (const Statement& next : {Statement{.time = "2026-11-24T08:00:00Z", .phone = "+380930000000"},
                                Statement{.phone = "+380671112233"}}) {  // c-2's
    Ledger ledger;
    CHECK(ledger.state(first).status == 201);
    match_by_person(ledger);
    const auto refused = ledger.state(next);
    INFO(refused.body);
    CHECK(refused.status == 409);
    CHECK(has(refused, "matched event 'k1' to client c-1"));
    CHECK(ledger.talks("c-1") == Talks{"58 on 2026-11-25"});
    // his own number is no other's
    CHECK(ledger.state({.phone = "+380501112233", .talk_s = 33}).status == 201);
    CHECK(ledger.talks("c-1") == Talks{"33 on 2026-11-25"});
  }
}

TEST_CASE("restating: a match that was taken back by hand since is not said again") {
  Ledger ledger;
  CHECK(ledger.state({.phone = "+380930000000"}).status == 201);
  match_by_person(ledger);
  CHECK(ledger.state({.phone = "+380930000000", .talk_s = 33}).status == 201);
  ledger.tell("wrong", "event.voided",
              R"({"target_source":"pbx","target_id":"k1~1~match","reason":"не він"})");
  CHECK(has(ledger.state({.phone = "+380930000000", .talk_s = 33}), R"("duplicate":true)"));
  CHECK(ledger.talks("c-1").empty());
  CHECK(ledger.state({.phone = "+380930000000", .talk_s = 44}).status == 201);
  CHECK(ledger.talks("c-1").empty());
}

namespace {

// The bank's first word of a payment, without its payer, and what it says in the evening.
std::string payment(std::int64_t minor, const std::string& more) {
  return event(
      "R1", "payment.received", "2026-11-25T08:00:00Z",
      fmt::format(
          R"({{"bank_reference":"R1","our_account":"UA1","booked_on":"2026-11-25","amount":{{"amount_minor":{},"currency":"UAH"}}{}}})",
          minor, more));
}

}  // namespace

TEST_CASE("restating: the bank's fuller word of a payment that a person accepted") {
  Ledger ledger;
  ledger.tell(
      "i-1", "invoice.issued",
      R"({"invoice_id":"i-1","number":"РФ-1","client_id":"c-1","issued_on":"2026-11-02","due_on":"2026-11-16","amount":{"amount_minor":7000,"currency":"UAH"}})");
  CHECK(ledger.house.post_restated(payment(5000, "")).status == 201);
  ledger.tell(
      "accept", "interaction.matched",
      R"({"target_source":"pbx","target_id":"R1","client_id":"c-1","manager_id":"m-1","reason":"дзвонили"})");
  ledger.tell(
      "pays", "payment.allocated",
      R"({"client_id":"c-1","payment_source":"pbx","payment_id":"R1","invoice_id":"i-1","amount":{"amount_minor":5000,"currency":"UAH"},"effective_on":"2026-11-25","method":"person"})");
  const auto fuller = ledger.house.post_restated(payment(
      6000,
      R"(,"payer_name":"Ромашка","payer_iban":"UA213223130000026007233566001","purpose":"за рах РФ-1")"));
  INFO(fuller.body);
  CHECK(fuller.status == 201);
  const auto account = ledger.house.get("/v1/clients/c-1/receivables").body;
  INFO(account);
  CHECK(account.find(R"("open_minor":2000)") != std::string::npos);
  CHECK(account.find(R"("unallocated_minor":1000)") != std::string::npos);
}
