// Goal: money whose purpose names another client's invoice pays nothing of its payer's own by the
// order of due dates: payer and client are two, and a person says which is meant
// (domain-semantics.md 4b). Method: the office; the rule reacts to each payment.
#include "tests/consumers/reactors/office.h"

using namespace ledger;
using ledger::testing::Decisions;
using ledger::testing::Office;

namespace {

class TwoDebtors : public Office {
 public:
  TwoDebtors() {
    CHECK(invoice("i-105", "c-1", 1000, "2026-10-20").empty());
    CHECK(invoice("i-205", "c-2", 700, "2026-10-20").empty());
  }
};

}  // namespace

TEST_CASE("third party: a payment for another client's invoice waits", "[allocation]") {
  TwoDebtors office;
  CHECK(office.payment("p-1", "c-1", 700, "за ТОВ Волошка зг. рах. № РФ-i-205").empty());
  // what he names no one of is paid in order, as ever
  CHECK(office.payment("p-2", "c-1", 300, "за товар") == Decisions{{"c-1", "p-2", "i-105", 300}});
  // and the money that waits is not given to what comes next
  CHECK(office.invoice("i-106", "c-1", 400, "2026-10-21").empty());
}

TEST_CASE("third party: who names an invoice of his own pays in order", "[allocation]") {
  TwoDebtors office;
  CHECK(office.payment("p-1", "c-1", 1200, "рахунки РФ-i-105 та РФ-i-205") ==
        Decisions{{"c-1", "p-1", "i-105", 1000}});
  CHECK(office.invoice("i-106", "c-1", 400, "2026-10-21") ==
        Decisions{{"c-1", "p-1", "i-106", 200}});
}

TEST_CASE("third party: a longer number of his own, or a contract, is no other's", "[allocation]") {
  TwoDebtors office;
  CHECK(office.invoice("i-205/2", "c-1", 100, "2026-10-25").empty());
  CHECK(office.payment("p-1", "c-1", 100, "рах РФ-i-205/2") ==
        Decisions{{"c-1", "p-1", "i-205/2", 100}});
  office.tell(
      "k-1", "contract.signed",
      R"({"contract_id":"k-1","number":"Д-2026/15","client_id":"c-1","manager_id":"m-1","signed_on":"2026-09-01"})");
  CHECK(office.payment("p-2", "c-1", 100, "договір Д-2026/15, рах РФ-i-205") ==
        Decisions{{"c-1", "p-2", "i-105", 100}});
}

TEST_CASE("third party: one client of two cards pays his own invoice", "[allocation]") {
  TwoDebtors office;
  CHECK(office.payment("p-1", "c-1", 700, "рах РФ-i-205").empty());
  office.merge("one");
  CHECK(office.react("one") == Decisions{{"c-1", "p-1", "i-205", 700}});
}

TEST_CASE("third party: an invoice that was taken back is nobody's", "[allocation]") {
  TwoDebtors office;
  office.undo("i-205");
  CHECK(office.payment("p-1", "c-1", 700, "рах РФ-i-205") ==
        Decisions{{"c-1", "p-1", "i-105", 700}});
}

// What the rule has yet to read is not there for it, or a replay would not repeat it.
TEST_CASE("third party: an invoice that the rule has yet to read names nobody", "[allocation]") {
  TwoDebtors office;
  office.tell_payment("p-1", "c-1", 700, "рах РФ-i-206");
  office.tell_invoice("i-206", "c-2", 700, "2026-10-20");
  CHECK(office.react("p-1") == Decisions{{"c-1", "p-1", "i-105", 700}});
}
