#include "consumers/reactors/allocation.h"

#include "tests/support/catch.h"

using ledger::names_invoice;

TEST_CASE("allocation: a purpose names an invoice however its number is written", "[allocation]") {
  for (const auto* purpose : {"Оплата за рахунком РФ-103 від 01.10.2026", "рф 103",
                              "Сплата рах. №РФ-103, ПДВ 20%", "за товар згідно рахунку РФ/103"}) {
    INFO(purpose);
    CHECK(names_invoice(purpose, "РФ-103"));
  }
  CHECK(names_invoice("оплата рах 501 від 25.11", "501"));
  CHECK(names_invoice("inv-77a", "INV 77A"));
}

TEST_CASE("allocation: a part of another number names nothing", "[allocation]") {
  CHECK_FALSE(names_invoice("Оплата за рахунком РФ-1035", "РФ-103"));
  CHECK_FALSE(names_invoice("рахунок 15012", "501"));
  CHECK_FALSE(names_invoice("рахунок 50 1", "501"));
  CHECK_FALSE(names_invoice("рахунок 12", "12"));
  CHECK_FALSE(names_invoice("", "РФ-103"));
  CHECK_FALSE(names_invoice("оплата", ""));
}
