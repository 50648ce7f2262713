// Goal: cards that are one client have one account for the rule that allocates; what it decided
// across them is not decided again when they are two. Method: the house in memory; the rule reacts
// to what was told last, and what it wants to record is posted as a sender would.
#include "tests/consumers/reactors/office.h"

using ledger::testing::Decisions;
using ledger::testing::Office;

namespace {

bool says(const std::string& answer, const std::string& part) {
  return answer.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("allocation: a payment of the absorbed card pays the client's oldest invoice",
          "[allocation]") {
  Office office;
  CHECK(office.invoice("i-1", "c-1", 1000, "2026-10-10").empty());
  CHECK(office.invoice("i-2", "c-2", 300, "2026-10-20").empty());
  CHECK(office.invoice("i-3", "c-3", 300, "2026-10-05").empty());
  office.merge("merge");
  CHECK(office.payment("p-1", "c-2", 1200) ==
        Decisions{{"c-2", "p-1", "i-1", 1000}, {"c-2", "p-1", "i-2", 200}});
  CHECK(says(office.account("c-1"), R"("balance_minor":100)"));
  CHECK_FALSE(says(office.account("c-1"), "conflict"));
  // And money of the card that stays an invoice of the other, named by its number.
  CHECK(office.payment("p-2", "c-1", 50, "за рахунок РФ-i-2") ==
        Decisions{{"c-1", "p-2", "i-2", 50}});
  // The neighbour owes what he owed.
  CHECK(says(office.account("c-3"), R"("open_minor":300)"));
}

TEST_CASE("allocation: cards that are two clients pay each its own", "[allocation]") {
  Office office;
  office.merge("merge");
  office.undo("merge");
  CHECK(office.invoice("i-1", "c-1", 1000, "2026-10-10").empty());
  CHECK(office.payment("p-1", "c-2", 1200).empty());
  CHECK(office.payment("p-2", "c-1", 400) == Decisions{{"c-1", "p-2", "i-1", 400}});
}

TEST_CASE("allocation: what was decided across two cards keeps its money when they are two again",
          "[allocation]") {
  Office office;
  CHECK(office.invoice("i-1", "c-1", 1000, "2026-10-10").empty());
  office.merge("merge");
  CHECK(office.payment("p-1", "c-2", 1500) == Decisions{{"c-2", "p-1", "i-1", 1000}});
  office.undo("merge");
  // 1000 of the payment stand for c-1's invoice, whatever comes; 500 are free.
  CHECK(office.invoice("i-2", "c-2", 800, "2026-10-01") == Decisions{{"c-2", "p-1", "i-2", 500}});
  CHECK(office.payment("p-2", "c-2", 100) == Decisions{{"c-2", "p-2", "i-2", 100}});
  CHECK(says(office.account("c-2"), R"("cross_allocations")"));
  // c-1 owes again, and pays with its own money.
  CHECK(office.payment("p-3", "c-1", 400) == Decisions{{"c-1", "p-3", "i-1", 400}});
  // Until a person says so.
  office.tell(
      "back", "payment.deallocated",
      R"({"client_id":"c-2","payment_source":"bank","payment_id":"p-1","invoice_id":"i-1","reason":"різні"})");
  CHECK(office.payment("p-4", "c-2", 1) == Decisions{{"c-2", "p-1", "i-2", 200}});
  CHECK(office.invoice("i-4", "c-2", 2000, "2026-10-02") ==
        Decisions{{"c-2", "p-1", "i-4", 800}, {"c-2", "p-4", "i-4", 1}});
}

TEST_CASE("allocation: joined again, no pair is decided twice", "[allocation]") {
  Office office;
  CHECK(office.invoice("i-1", "c-1", 1000, "2026-10-10").empty());
  office.merge("merge");
  CHECK(office.payment("p-1", "c-2", 400) == Decisions{{"c-2", "p-1", "i-1", 400}});
  office.undo("merge");
  office.merge("again");
  CHECK(office.payment("p-2", "c-2", 700) == Decisions{{"c-2", "p-2", "i-1", 600}});
  CHECK_FALSE(says(office.account("c-1"), "cross_allocations"));
}

TEST_CASE("allocation: a merge that was voided is decided about for both cards", "[allocation]") {
  Office office;
  CHECK(office.invoice("i-1", "c-1", 1000, "2026-10-10").empty());
  CHECK(office.payment("p-2", "c-2", 700).empty());
  office.merge("merge");
  // Told while the cards are one, and read by the rule when they are two again.
  office.tell_invoice("i-2", "c-2", 500, "2026-10-20");
  office.tell_payment("p-1", "c-1", 400, "оплата");
  office.undo("merge");
  CHECK(office.react("undo-merge") ==
        Decisions{{"c-1", "p-1", "i-1", 400}, {"c-2", "p-2", "i-2", 500}});
  // Decided: nothing is left to say.
  CHECK(office.react("undo-merge").empty());
}

TEST_CASE("allocation: what a split moved is decided about on both cards", "[allocation]") {
  Office office;
  office.tell_invoice("i-1", "c-1", 300, "2026-10-10");
  office.tell_payment("p-1", "c-1", 200, "оплата");
  CHECK(office.invoice("i-2", "c-2", 150, "2026-10-10").empty());
  office.tell(
      "split", "client.split",
      R"({"client_id":"c-1","new_client_id":"c-2","events":[{"source":"bank","id":"p-1"}],"reason":"інша фірма"})");
  CHECK(office.react("split") == Decisions{{"c-2", "p-1", "i-2", 150}});
}
