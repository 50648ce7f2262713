// Goal: what late payment costs by published tables, to the kopeck. Method: the arithmetic alone,
// one item at a time; what an account makes of it is receivables_law.scenario.
#include "projections/receivables/late_payment.h"

#include <limits>

#include "tests/support/catch.h"

using namespace ledger;
using namespace ledger::receivables;

namespace {

Date day(std::string_view text) { return parse_date(text).value(); }

Item item_due(std::string_view due_on, std::vector<Late> late) {
  Item item;
  item.due.on = day(due_on);
  item.late = std::move(late);
  return item;
}

LatePayment cost(const Item& item, const LateTables& tables) {
  return late_payment(item, tables).value().value();
}

const LateTables kTables{{{day("2026-11-01"), 10'090},
                          {day("2026-12-01"), 10'120},
                          {day("2027-01-01"), 9'800},
                          {day("2027-03-01"), 10'500}},
                         {{day("2026-10-23"), 1'550}, {day("2026-12-11"), 1'500}}};

}  // namespace

TEST_CASE("late payment: months count from the half of one to the half of another", "[debts]") {
  struct Row {
    const char* due_on;
    const char* until;
    bool paid;
    std::int64_t minor;
    const char* through;  // empty: no month counts
    bool whole;
  };
  const Row rows[] = {
      {"2026-11-15", "2026-11-30", false, 9'000, "2026-11-01", true},
      {"2026-11-15", "2026-12-15", false, 9'000, "2026-11-01", true},
      {"2026-11-15", "2026-12-16", false, 21'108, "2026-12-01", true},  // 1.009 × 1.012
      {"2026-11-15", "2026-12-15", true, 9'000, "2026-11-01", true},
      {"2026-11-15", "2026-12-16", true, 21'108, "2026-12-01", true},
      {"2026-11-16", "2026-11-30", false, 0, "", true},
      {"2026-11-16", "2026-12-31", false, 12'000, "2026-12-01", true},
      {"2026-11-10", "2026-11-14", false, 0, "", true},
      // prices fell: 1.012 × 0.98 is below one
      {"2026-11-20", "2027-01-31", false, 0, "2027-01-01", true},
      {"2026-11-15", "2027-01-31", false, 686, "2027-01-01", true},  // 1.021108 × 0.98
      // February is not known, whatever is known behind it
      {"2026-11-15", "2027-02-15", false, 686, "2027-01-01", true},
      {"2026-11-15", "2027-02-16", false, 686, "2027-01-01", false},
      {"2026-11-15", "2027-03-31", false, 686, "2027-01-01", false},
  };
  for (const auto& row : rows) {
    INFO(row.due_on << " " << row.until);
    const auto item = item_due(row.due_on, {{1'000'000, day(row.until), row.paid}});
    const auto loss = cost(item, kTables).inflation;
    REQUIRE(loss);
    CHECK(loss->minor == row.minor);
    CHECK((loss->through ? format_date(*loss->through) : "") == row.through);
    CHECK(loss->whole == row.whole);
  }
  const auto unknown = item_due("2027-01-20", {{1'000'000, day("2027-03-31"), false}});
  CHECK_FALSE(cost(unknown, kTables).inflation);
}

TEST_CASE("late payment: each part by its own months, rounded once", "[debts]") {
  // 0.4 and 0.4 of a kopeck are one, and what fell on one part takes nothing off another
  const LateTables tables{{{day("2026-11-01"), 10'040}, {day("2026-12-01"), 9'000}}, {}};
  const auto item = item_due("2026-11-15", {{100, day("2026-11-30"), true},
                                            {100, day("2026-12-15"), true},
                                            {100, day("2026-12-31"), false}});
  CHECK(cost(item, tables).inflation->minor == 1);
}

TEST_CASE("late payment: a penalty of at most twice the rate of each day", "[debts]") {
  const auto most = [](std::string_view due_on, std::string_view until, bool paid) {
    return cost(item_due(due_on, {{3'650'000, day(until), paid}}), kTables).penalty_max_minor;
  };
  // a day at 15.5 % is 31.00, at 15 % it is 30.00
  CHECK(most("2026-10-22", "2026-10-23", false) == 3'100);
  CHECK_FALSE(most("2026-10-21", "2026-10-23", false));  // its first day is before the first rate
  CHECK(most("2026-12-08", "2026-12-10", false) == 6'200);
  CHECK(most("2026-12-08", "2026-12-11", false) == 9'200);
  CHECK(most("2026-12-08", "2026-12-12", true) == 9'200);  // the day of payment is none of delay
  CHECK(most("2026-12-10", "2027-12-10", false) == 365 * 3'000);
}

TEST_CASE("late payment: of hryvnias that are late, as far as sums go", "[debts]") {
  auto item = item_due("2026-11-15", {});
  CHECK_FALSE(late_payment(item, kTables).value());
  constexpr auto kMost = std::numeric_limits<std::int64_t>::max();
  item.late = {{kMost, day("2026-11-30"), false}};
  CHECK(cost(item, kTables).inflation->minor == 83'010'348'331'692'982);  // 0.009 of it
  item.late.front().until = day("2030-11-30");  // at 30 % a year it is more than the amount
  CHECK(late_payment(item, kTables).error().code == ErrorCode::kOutOfRange);
  item.invoice.amount.currency = Currency::parse("USD").value();
  CHECK_FALSE(late_payment(item, kTables).value());
}
