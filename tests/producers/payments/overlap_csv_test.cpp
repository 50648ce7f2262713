// Goal: however exports of a bank's table overlap, the ledger comes out the same. Method:
// rapidcheck makes accounts with days of entries, equal ones among them, and cuts exports out of
// them.
#include <rapidcheck.h>

#include "producers/payments/csv/mapping.h"
#include "tests/producers/payments/bank_days.h"
#include "tests/support/catch.h"

using namespace ledger;
using namespace ledger::testing;

// Windows of whole days, in any order of rows within a day, and the last day up to some row of it.
TEST_CASE("csv: any split and overlap of exports gives the same ledger", "[producers][payments]") {
  const bank_csv::Settings settings{
      .bank = {.zone = kyiv()},
      .profile = bank_csv::parse_profile(
                     "delimiter = \";\"\n[date]\ncolumn = \"Дата\"\nformat = \"dd.mm.yyyy\"\n"
                     "[amount]\ncolumn = \"Сума\"\ndecimal = \".\"\n[currency]\nfixed = \"UAH\"\n"
                     "[columns]\npurpose = \"Призначення\"\n")
                     .value(),
      .account = "UA213223130000026007233566001"};
  CHECK(rc::check([&] {
    const auto days = some_days();
    // Numbered anew in each export, as banks do: no part of the key.
    const auto file = [&](std::size_t first, std::size_t last, std::size_t rows_of_last,
                          bool newest_first) {
      std::vector<std::string> rows;
      for (std::size_t day = first; day <= last; ++day) {
        const std::size_t count = day == last ? rows_of_last : days[day].size();
        for (std::size_t i = 0; i < count; ++i) {
          rows.push_back(fmt::format("{:02}.11.2026;{};№ {}", day + 1,
                                     decimal(days[day][i].amount_minor), days[day][i].reference));
        }
      }
      if (newest_first) std::reverse(rows.begin(), rows.end());
      std::string text = "№;Дата;Сума;Призначення\n";
      for (std::size_t i = 0; i < rows.size(); ++i) text += fmt::format("{};{}\n", i + 1, rows[i]);
      return text;
    };
    Ledger at_once;
    const std::size_t end = days.size() - 1;
    at_once.read(bank_csv::map_statement(file(0, end, days[end].size(), false), settings));
    RC_ASSERT(at_once.payments.size() == count_received(days));
    Ledger ledger;
    for (int i = 0; i < 5; ++i) {
      const auto first = *rc::gen::inRange<std::size_t>(0, days.size());
      const auto last = *rc::gen::inRange<std::size_t>(first, days.size());
      const auto rows = *rc::gen::inRange<std::size_t>(0, days[last].size() + 1);
      ledger.read(
          bank_csv::map_statement(file(first, last, rows, *rc::gen::arbitrary<bool>()), settings));
    }
    for (const auto& [id, body] : ledger.payments) RC_ASSERT(at_once.payments.at(id) == body);
    // Whatever is missing comes with the exports of its days.
    for (std::size_t day = 0; day < days.size(); ++day) {
      ledger.read(bank_csv::map_statement(
          file(day, day, days[day].size(), *rc::gen::arbitrary<bool>()), settings));
    }
    RC_ASSERT(ledger == at_once);
  }));
}
