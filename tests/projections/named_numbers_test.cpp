// Goal: which numbers a payment's purpose names. Method: a table of purposes; of each, the numbers
// that the client has, and those that are named.
#include "projections/receivables/named_numbers.h"

#include "tests/support/catch.h"

using namespace ledger;

namespace {

using Numbers = std::vector<std::string>;

Numbers named(std::string_view purpose, const Numbers& numbers, Paper paper = Paper::kInvoice) {
  Numbers found;
  for (const std::size_t i : named_numbers(purpose, numbers, paper)) found.push_back(numbers[i]);
  return found;
}

struct Row {
  const char* purpose;
  Numbers has;
  Numbers named;
};

}  // namespace

TEST_CASE("named numbers: however a number is written", "[allocation]") {
  for (const auto* purpose :
       {"Оплата за рахунком РФ-103 від 01.10.2026", "рф 103", "Сплата рах. №РФ-103, ПДВ 20%",
        "за товар згідно рахунку РФ/103", "РФ – 103", "рахунок-фактура РФ103", "РФ-103 01.10.2026",
        "оплата РФ-103.", "рах.РФ-103від 01.10"}) {
    INFO(purpose);
    CHECK(named(purpose, {"РФ-103"}) == Numbers{"РФ-103"});
  }
  for (const auto* purpose :
       {"оплата рах 501 від 25.11", "рах.501", "рахунок-501", "№501", "N501", "оплата 501"}) {
    INFO(purpose);
    CHECK(named(purpose, {"501"}) == Numbers{"501"});
  }
  CHECK(named("inv-77a", {"INV 77A"}) == Numbers{"INV 77A"});
}

TEST_CASE("named numbers: the whole number, and the longest", "[allocation]") {
  const Row rows[] = {
      {"Оплата рах 105/2 від 01.11", {"105/2", "105"}, {"105/2"}},
      {"Оплата рах 105/2 від 01.11", {"105"}, {}},
      {"Оплата рах 105 від 01.11", {"105/2", "105"}, {"105"}},
      {"Оплата АБ-5", {"АБ-5", "Б-5"}, {"АБ-5"}},
      {"Оплата АБ-5", {"Б-5"}, {}},
      {"Оплата ВН-1000", {"ВН-1000", "1000"}, {"ВН-1000"}},
      {"Оплата ВН 1000", {"ВН-1000", "1000"}, {"ВН-1000"}},
      {"Оплата ВН-1000", {"1000"}, {}},
      {"Оплата за рахунком РФ-1035", {"РФ-103"}, {}},
      {"рахунок 15012", {"501"}, {}},
      {"рахунок 50 1", {"501"}, {}},
      {"рахунок 105-А", {"105"}, {}},
      {"Рахунок РФ-7, доплата за РФ-1 1 грн", {"РФ-7", "РФ-11"}, {"РФ-7"}},
      {"Оплата рах. РФ-1 від 10.11", {"РФ-1", "РФ-10"}, {"РФ-1"}},
      {"", {"РФ-103"}, {}},
      {"оплата", {"", "№"}, {}},
  };
  for (const auto& row : rows) {
    INFO(row.purpose);
    CHECK(named(row.purpose, row.has) == row.named);
  }
}

TEST_CASE("named numbers: dates and sums name nothing", "[allocation]") {
  const Row rows[] = {
      {"Оплата рахунку 105 від 20.11.2026", {"105", "2026", "11"}, {"105"}},
      {"за товар зг. договору від 01.02.2026", {"2026"}, {}},
      {"рах 105 від 2026-11-20", {"105", "2026"}, {"105"}},
      {"рах 105 від 20.11.26р.", {"105", "26"}, {"105"}},
      {"рах 105 за листопад 2026", {"105", "2026"}, {"105"}},
      {"рахунок 2026 від 20.11.2026", {"2026"}, {"2026"}},
      {"Оплата рах. 101, у т.ч. ПДВ 100.00", {"100", "101"}, {"101"}},
      {"ПДВ 100,50 грн", {"100"}, {}},
      {"ПДВ 100", {"100"}, {}},
      {"Сума 100 000,00 грн", {"100", "000"}, {}},
      {"Сплата 12 500,00", {"500"}, {}},
      {"аванс 700 грн", {"700"}, {}},
      {"аванс 700₴", {"700"}, {}},
      {"рах. 15, 700 грн", {"15", "700"}, {"15"}},
      {"Рахунок 105 20% ПДВ", {"105", "20"}, {"105"}},
  };
  for (const auto& row : rows) {
    INFO(row.purpose);
    CHECK(named(row.purpose, row.has) == row.named);
  }
}

TEST_CASE("named numbers: short ones behind the sign or the paper's name", "[allocation]") {
  const Row rows[] = {
      {"Оплата рахунку № 12 від 10.11.2026", {"12", "15"}, {"12"}},
      {"рах. 12", {"12"}, {"12"}},
      {"рах № 7/1", {"7/1", "7"}, {"7/1"}},
      {"за рахунки 12, 15 та 17", {"12", "15", "17"}, {"12", "15", "17"}},
      {"оплата № 12", {"12"}, {"12"}},
      {"оплата 12", {"12"}, {}},
      {"згідно договору № 12", {"12"}, {}},
      {"згідно договору № 105 рах 106", {"105", "106"}, {"106"}},
      {"накладна № 12", {"12"}, {}},
      {"рах 105, 106 частково", {"105", "106"}, {"105", "106"}},
  };
  for (const auto& row : rows) {
    INFO(row.purpose);
    CHECK(named(row.purpose, row.has) == row.named);
  }
}

TEST_CASE("named numbers: a contract by its own name", "[allocation]") {
  CHECK(named("згідно договору Д 2026/15", {"Д-2026/15"}, Paper::kContract) ==
        Numbers{"Д-2026/15"});
  CHECK(named("зг. дог. № 12 від 01.02.2026", {"12", "15"}, Paper::kContract) == Numbers{"12"});
  CHECK(named("рахунок 105", {"105"}, Paper::kContract).empty());
}

TEST_CASE("named numbers: Latin letters that look like Ukrainian ones", "[allocation]") {
  for (const auto* purpose : {"PФ-105", "№PФ-105вiд 01.11", "зa pax. №РФ-105 вiд 01.11.2026"}) {
    INFO(purpose);
    CHECK(named(purpose, {"РФ-105"}) == Numbers{"РФ-105"});
  }
  CHECK(named("рах.№106вiд01.11", {"106", "01", "11"}) == Numbers{"106"});
  CHECK(named("paxунок 17", {"17"}) == Numbers{"17"});
  CHECK(named("дoгoвip 17", {"17"}).empty());
  CHECK(named("дoгoвip 17", {"17"}, Paper::kContract) == Numbers{"17"});
  CHECK(named("СНЕТ 12, ІNV-7", {"INV-7", "12"}) == Numbers{"INV-7"});
  CHECK(named("оплата 105 UАН", {"105"}).empty());
  // letters that only sound alike are others
  CHECK(named("RF-105", {"РФ-105"}).empty());
  CHECK(named("PФ-105", {"РФ-106"}).empty());
}
