// Goal: what the rule decides does not hang on how far the views are ahead of it. Method: the house
// in memory, where the rule reads late what was told.
#include "consumers/reactors/allocation.h"

#include "tests/consumers/reactors/office.h"
#include "tests/support/catch.h"

using ledger::testing::Decisions;
using ledger::testing::Office;

TEST_CASE("allocation: an invoice that is read late leaves alone the money that came after it",
          "[allocation]") {
  Office office;
  office.tell_invoice("i-101", "c-1", 1000, "2026-10-11");
  office.tell_invoice("i-103", "c-1", 700, "2026-10-13");
  office.tell_payment("p-1", "c-1", 800, "за рахунком РФ-i-103");
  CHECK(office.react("i-101").empty());
  CHECK(office.react("i-103").empty());
  CHECK(office.react("p-1") ==
        Decisions{{"c-1", "p-1", "i-103", 700}, {"c-1", "p-1", "i-101", 100}});
  // Read again after a crash: decided.
  CHECK(office.react("i-101").empty());
  CHECK(office.react("p-1").empty());
}

TEST_CASE("allocation: a payment that is read late pays nothing that was issued after it",
          "[allocation]") {
  Office office;
  office.tell_payment("p-1", "c-1", 800, "оплата");
  office.tell_invoice("i-1", "c-1", 500, "2026-10-20");
  office.tell_invoice("i-2", "c-1", 500, "2026-10-10");
  CHECK(office.react("p-1").empty());
  CHECK(office.react("i-1") == Decisions{{"c-1", "p-1", "i-1", 500}});
  CHECK(office.react("i-2") == Decisions{{"c-1", "p-1", "i-2", 300}});
}

TEST_CASE("allocation: what a person undid later is not given away by what was said before",
          "[allocation]") {
  Office office;
  CHECK(office.invoice("i-1", "c-1", 500, "2026-10-10").empty());
  CHECK(office.payment("p-1", "c-1", 500) == Decisions{{"c-1", "p-1", "i-1", 500}});
  office.tell_invoice("i-2", "c-1", 300, "2026-10-10");
  office.tell(
      "back", "payment.deallocated",
      R"({"client_id":"c-1","payment_source":"bank","payment_id":"p-1","invoice_id":"i-1","reason":"інший"})");
  CHECK(office.react("i-2").empty());
  CHECK(office.invoice("i-3", "c-1", 200, "2026-10-20") ==
        Decisions{{"c-1", "p-1", "i-2", 300}, {"c-1", "p-1", "i-3", 200}});
}

TEST_CASE("allocation: money that a person gave out since is not given out again", "[allocation]") {
  Office office;
  office.tell_invoice("i-1", "c-1", 500, "2026-10-10");
  office.tell_invoice("i-2", "c-1", 500, "2026-10-20");
  office.tell_payment("p-1", "c-1", 800, "оплата");
  office.tell(
      "said", "payment.allocated",
      R"({"client_id":"c-1","payment_source":"bank","payment_id":"p-1","invoice_id":"i-2","amount":{"amount_minor":500,"currency":"UAH"},"effective_on":"2026-11-02","method":"person"})");
  CHECK(office.react("p-1") == Decisions{{"c-1", "p-1", "i-1", 300}});
}

TEST_CASE("allocation: a payment that found its client pays the invoice it names", "[allocation]") {
  Office office;
  CHECK(office.invoice("i-1", "c-1", 500, "2026-10-10").empty());
  CHECK(office.invoice("i-2", "c-1", 500, "2026-10-20").empty());
  office.tell(
      "p-1", "payment.received",
      R"({"bank_reference":"p-1","our_account":"UA1","booked_on":"2026-11-02","amount":{"amount_minor":500,"currency":"UAH"},"purpose":"рахунок РФ-i-2"})");
  office.tell(
      "whose", "interaction.matched",
      R"({"target_source":"bank","target_id":"p-1","client_id":"c-1","reason":"названо рахунок"})");
  CHECK(office.react("whose") == Decisions{{"c-1", "p-1", "i-2", 500}});
}

TEST_CASE("allocation: an invoice that comes after money which names it takes that money",
          "[allocation]") {
  Office office;
  CHECK(office.payment("p-1", "c-1", 500).empty());
  CHECK(office.payment("p-2", "c-1", 500, "за рахунком РФ-i-7").empty());
  CHECK(office.invoice("i-7", "c-1", 600, "2026-10-20") ==
        Decisions{{"c-1", "p-2", "i-7", 500}, {"c-1", "p-1", "i-7", 100}});
}

TEST_CASE("allocation: money for an invoice that is not recorded yet is given to no other",
          "[allocation]") {
  Office office;
  CHECK(office.invoice("i-1", "c-1", 500, "2026-10-10").empty());
  office.tell(
      "p-1", "payment.received",
      R"({"bank_reference":"p-1","our_account":"UA1","client_id":"c-1","booked_on":"2026-11-02","amount":{"amount_minor":900,"currency":"UAH"},"invoice_ids":["i-1","i-8"]})");
  CHECK(office.react("p-1") == Decisions{{"c-1", "p-1", "i-1", 500}});
  CHECK(office.invoice("i-2", "c-1", 500, "2026-10-10").empty());
  CHECK(office.invoice("i-8", "c-1", 300, "2026-12-10") ==
        Decisions{{"c-1", "p-1", "i-8", 300}, {"c-1", "p-1", "i-2", 100}});
}

TEST_CASE("allocation: the oldest of a named contract goes before the oldest of all",
          "[allocation]") {
  Office office;
  office.tell(
      "k-1", "contract.signed",
      R"({"contract_id":"k-1","number":"Д-2026/15","client_id":"c-1","manager_id":"m-1","signed_on":"2026-09-01"})");
  const auto invoice = [&](const std::string& id, const std::string& due_on) {
    office.tell(
        id, "invoice.issued",
        fmt::format(
            R"({{"invoice_id":"{0}","number":"{0}","client_id":"c-1","issued_on":"2026-10-01","due_on":"{1}","amount":{{"amount_minor":100,"currency":"UAH"}},"contract_id":"k-1"}})",
            id, due_on));
    CHECK(office.react(id).empty());
  };
  CHECK(office.invoice("i-1", "c-1", 100, "2026-10-10").empty());
  invoice("k-late", "2026-10-30");
  invoice("k-soon", "2026-10-20");
  CHECK(office.payment("p-1", "c-1", 250, "згідно договору Д 2026/15") ==
        Decisions{{"c-1", "p-1", "k-soon", 100},
                  {"c-1", "p-1", "k-late", 100},
                  {"c-1", "p-1", "i-1", 50}});
}

TEST_CASE("allocation: an invoice in parts is one decision of a payment", "[allocation]") {
  Office office;
  office.tell(
      "terms", "client.terms_set",
      R"({"client_id":"c-1","kind":"standard","valid_from":"2026-09-01","payment_days":40,"instalments":[{"share_bp":5000,"payment_days":0}]})");
  office.tell(
      "i-1", "invoice.issued",
      R"({"invoice_id":"i-1","number":"РФ-1","client_id":"c-1","issued_on":"2026-10-01","amount":{"amount_minor":1000,"currency":"UAH"}})");
  CHECK(office.react("i-1").empty());
  // Due between the two parts: the second one is paid after it.
  CHECK(office.invoice("i-2", "c-1", 300, "2026-10-20").empty());
  CHECK(office.payment("p-1", "c-1", 1200) ==
        Decisions{{"c-1", "p-1", "i-1", 900}, {"c-1", "p-1", "i-2", 300}});
}

TEST_CASE("allocation: a payment that was told twice pays once", "[allocation]") {
  Office office;
  CHECK(office.invoice("i-1", "c-1", 1000, "2026-10-10").empty());
  CHECK(office.payment("p-1", "c-1", 400) == Decisions{{"c-1", "p-1", "i-1", 400}});
  office.tell(
      "p-1-again", "payment.received",
      R"({"bank_reference":"p-1","our_account":"UA1","client_id":"c-1","booked_on":"2026-11-02","amount":{"amount_minor":400,"currency":"UAH"}})");
  CHECK(office.react("p-1-again").empty());
}

TEST_CASE("allocation: what is dated ahead is paid on its day", "[allocation]") {
  Office office;
  const auto ahead = [&](const std::string& id, const std::string& issued_on) {
    office.tell(
        id, "invoice.issued",
        fmt::format(
            R"({{"invoice_id":"{0}","number":"{0}","client_id":"c-1","issued_on":"{1}","due_on":"2028-12-31","amount":{{"amount_minor":300,"currency":"UAH"}}}})",
            id, issued_on));
    CHECK(office.react(id).empty());
  };
  ahead("i-1", "2026-11-27");
  ahead("i-2", "2027-11-27");
  CHECK(office.payment("p-1", "c-1", 900).empty());
  CHECK(office.turn_of("2026-11-26", "2026-11-25T22:01:00Z").empty());
  // The day is a minute old: what counts from it is not ahead of the door's clock.
  CHECK(office.turn_of("2026-11-27", "2026-11-26T22:01:00Z") ==
        Decisions{{"c-1", "p-1", "i-1", 300}});
  CHECK(office.turn_of("2026-11-27", "2026-11-26T22:02:00Z").empty());
  // More than a year ahead: a person decides.
  CHECK(office.turn_of("2027-11-27", "2027-11-26T22:01:00Z").empty());
}

TEST_CASE("allocation: the turn of a day leaves alone what had its own", "[allocation]") {
  Office office;
  office.tell_invoice("i-1", "c-1", 500, "2026-10-10");
  office.tell_payment("p-1", "c-1", 500, "оплата");
  CHECK(office.turn_of("2026-11-26", "2026-11-25T22:01:00Z").empty());
}

TEST_CASE("allocation: a conversion pays what is open in its currency", "[allocation]") {
  Office office;
  CHECK(office.invoice("i-1", "c-1", 4000, "2026-10-10").empty());
  office.tell(
      "p-1", "payment.received",
      R"({"bank_reference":"p-1","our_account":"UA1","client_id":"c-1","booked_on":"2026-11-02","amount":{"amount_minor":100,"currency":"USD"}})");
  CHECK(office.react("p-1").empty());
  office.tell(
      "fx", "fx.converted",
      R"({"client_id":"c-1","sold":{"amount_minor":100,"currency":"USD"},"bought":{"amount_minor":4000,"currency":"UAH"},"converted_on":"2026-11-03","reason":"продаж валюти"})");
  CHECK(office.react("fx") == Decisions{{"c-1", "fx", "i-1", 4000}});
}

TEST_CASE("allocation: cards that become one pay each other's invoices", "[allocation]") {
  Office office;
  CHECK(office.invoice("i-1", "c-1", 500, "2026-10-10").empty());
  CHECK(office.payment("p-2", "c-2", 500).empty());
  office.merge("m-1");
  CHECK(office.react("m-1") == Decisions{{"c-2", "p-2", "i-1", 500}});
}

TEST_CASE("allocation: what comes free pays the next", "[allocation]") {
  Office office;
  CHECK(office.invoice("i-1", "c-1", 500, "2026-10-10").empty());
  CHECK(office.payment("p-1", "c-1", 800) == Decisions{{"c-1", "p-1", "i-1", 500}});
  CHECK(office.payment("p-2", "c-1", 100).empty());

  SECTION("a payment that turns out greater") {
    CHECK(office.invoice("i-2", "c-1", 900, "2026-10-20") ==
          Decisions{{"c-1", "p-1", "i-2", 300}, {"c-1", "p-2", "i-2", 100}});
    CHECK(office.invoice("i-3", "c-1", 900, "2026-10-30").empty());
    office.tell(
        "more", "event.corrected",
        R"({"target_source":"bank","target_id":"p-1","reason":"сума","data":{"bank_reference":"p-1","our_account":"UA1","client_id":"c-1","booked_on":"2026-11-02","amount":{"amount_minor":1000,"currency":"UAH"},"purpose":"оплата"}})");
    // The oldest that is open, which it paid in part.
    CHECK(office.react("more") == Decisions{{"c-1", "p-1", "i-2", 200}});
  }
  SECTION("a payment that comes back leaves its invoice to others") {
    office.tell(
        "back", "payment.reversed",
        R"({"client_id":"c-1","payment_source":"bank","payment_id":"p-1","reversed_on":"2026-11-20","reason":"відкликано"})");
    CHECK(office.react("back") == Decisions{{"c-1", "p-2", "i-1", 100}});
  }
  SECTION("a payment that never was leaves its invoice to others") {
    office.undo("p-1");
    CHECK(office.react("undo-p-1") == Decisions{{"c-1", "p-2", "i-1", 100}});
  }
}

TEST_CASE("allocation: the money of a cancelled invoice pays the next", "[allocation]") {
  Office office;
  CHECK(office.invoice("i-1", "c-1", 500, "2026-10-10").empty());
  CHECK(office.payment("p-1", "c-1", 500) == Decisions{{"c-1", "p-1", "i-1", 500}});
  CHECK(office.invoice("i-2", "c-1", 400, "2026-10-20").empty());
  office.tell(
      "cancel", "invoice.cancelled",
      R"({"client_id":"c-1","invoice_id":"i-1","cancelled_on":"2026-11-20","reason":"помилка"})");
  CHECK(office.react("cancel") == Decisions{{"c-1", "p-1", "i-2", 400}});
}

namespace {

std::string corrected(const std::string& id, int minor) {
  return fmt::format(
      R"({{"target_source":"bank","target_id":"{0}","reason":"банк уточнив","data":{{"bank_reference":"{0}","our_account":"UA1","client_id":"c-1","booked_on":"2026-11-02","amount":{{"amount_minor":{1},"currency":"UAH"}},"purpose":"оплата"}}}})",
      id, minor);
}

std::string rejected(const std::string& payment, const std::string& invoice) {
  return fmt::format(
      R"({{"client_id":"c-1","payment_source":"bank","payment_id":"{}","invoice_id":"{}","reason":"то аванс"}})",
      payment, invoice);
}

}  // namespace

TEST_CASE("allocation: a payment that turns out larger tops up what it paid, then pays others",
          "[allocation]") {
  Office office;
  CHECK(office.invoice("i-1", "c-1", 500, "2026-10-10").empty());
  CHECK(office.invoice("i-2", "c-1", 300, "2026-10-20").empty());
  CHECK(office.payment("p-1", "c-1", 400) == Decisions{{"c-1", "p-1", "i-1", 400}});
  office.tell("more", "event.corrected", corrected("p-1", 600));
  CHECK(office.react("more") == Decisions{{"c-1", "p-1", "i-1", 100}, {"c-1", "p-1", "i-2", 100}});
  // Read again after a crash: decided.
  CHECK(office.react("more").empty());
  // And once more.
  office.tell("most", "event.corrected", corrected("p-1", 650));
  CHECK(office.react("most") == Decisions{{"c-1", "p-1", "i-2", 50}});
}

TEST_CASE("allocation: a payment that turns out smaller gives back what it gave last",
          "[allocation]") {
  Office office;
  CHECK(office.invoice("i-1", "c-1", 500, "2026-10-10").empty());
  CHECK(office.invoice("i-2", "c-1", 300, "2026-10-20").empty());
  CHECK(office.payment("p-1", "c-1", 700) ==
        Decisions{{"c-1", "p-1", "i-1", 500}, {"c-1", "p-1", "i-2", 200}});
  office.tell("less", "event.corrected", corrected("p-1", 550));
  CHECK(office.react("less").empty());
  const auto account = office.account("c-1");
  INFO(account);
  CHECK(account.find(R"("invoice_id":"i-1")") == std::string::npos);  // paid
  CHECK(account.find(R"("open_minor":250)") != std::string::npos);
  // Larger again, what stands is carried out as it was said.
  office.tell("back", "event.corrected", corrected("p-1", 800));
  CHECK(office.react("back") == Decisions{{"c-1", "p-1", "i-2", 100}});
}

TEST_CASE("allocation: what a person gave or undid is not topped up", "[allocation]") {
  Office office;
  CHECK(office.invoice("i-1", "c-1", 500, "2026-10-10").empty());
  office.tell_payment("p-1", "c-1", 200, "оплата");
  office.tell(
      "said", "payment.allocated",
      R"({"client_id":"c-1","payment_source":"bank","payment_id":"p-1","invoice_id":"i-1","amount":{"amount_minor":100,"currency":"UAH"},"effective_on":"2026-11-02","method":"person"})");
  CHECK(office.react("p-1").empty());
  CHECK(office.payment("p-2", "c-1", 150) == Decisions{{"c-1", "p-2", "i-1", 150}});
  office.tell(
      "undone", "payment.deallocated",
      R"({"client_id":"c-1","payment_source":"bank","payment_id":"p-2","invoice_id":"i-1","reason":"інший"})");
  office.tell("more", "event.corrected", corrected("p-2", 250));
  CHECK(office.react("more").empty());
}

TEST_CASE("allocation: what a person rejected is not allocated by the rule", "[allocation]") {
  Office office;
  CHECK(office.invoice("i-1", "c-1", 500, "2026-10-10").empty());
  CHECK(office.invoice("i-2", "c-1", 500, "2026-10-20").empty());
  office.tell_payment("p-1", "c-1", 700, "за рахунком РФ-i-1");
  office.tell("no", "payment.allocation_rejected", rejected("p-1", "i-1"));
  CHECK(office.react("p-1") == Decisions{{"c-1", "p-1", "i-2", 500}});
  // Taken back, it was never said.
  office.tell("after all", "event.voided",
              R"({"target_source":"bank","target_id":"no","reason":"помилка"})");
  CHECK(office.react("after all") == Decisions{{"c-1", "p-1", "i-1", 200}});
}

TEST_CASE("allocation: a booking that waited behind another client's pays once that is voided",
          "[allocation]") {
  Office office;
  CHECK(office.invoice("i-1", "c-1", 500, "2026-10-10").empty());
  CHECK(office.invoice("i-2", "c-2", 500, "2026-10-10").empty());
  const auto booking = [&](const std::string& id, const std::string& client) {
    office.tell(
        id, "payment.received",
        fmt::format(
            R"({{"bank_reference":"R-77","our_account":"UA1","client_id":"{}","booked_on":"2026-11-02","amount":{{"amount_minor":300,"currency":"UAH"}}}})",
            client));
    return office.react(id);
  };
  CHECK(booking("p-1", "c-1") == Decisions{{"c-1", "p-1", "i-1", 300}});
  CHECK(booking("p-2", "c-2").empty());
  office.undo("p-1");
  CHECK(office.react("undo-p-1") == Decisions{{"c-2", "p-2", "i-2", 300}});
}
