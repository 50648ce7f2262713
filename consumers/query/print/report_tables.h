#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "consumers/query/print/form.h"
#include "projections/monthly_report/report.h"

namespace ledger::print {

// "12 345,60 грн", "17.10.2026", "83%", "612": a figure in its unit.
[[nodiscard]] std::string figure_text(std::int64_t value, std::string_view unit, Language language);

// The same for a machine, as a cell of a table: "12345.60", "2026-10-17", "83", "612". Empty for a
// day that there is none.
void figure_cell(Csv& csv, std::int64_t value, std::string_view unit);

// The figures of a report as tables. What a table of its own has shown is left out of the lists,
// and nothing is lost: a line that no table knows stands in the list of its section.
class ReportTables {
 public:
  ReportTables(const monthly_report::Report& report, Language language)
      : report_(report), language_(language) {}

  // Marks it as shown. Empty text: the report has no such line.
  [[nodiscard]] std::string take(std::string_view id, std::string_view unit = "");

  [[nodiscard]] std::string norms();  // a row for each norm
  // For each currency turnover beside that of the months before, debts by age, what lies between
  // the month's ends, and what was paid in time.
  [[nodiscard]] std::string debts();
  // The lines of a section that no table has shown; empty if there are none.
  [[nodiscard]] std::string rest_of(monthly_report::Section section);
  [[nodiscard]] std::string heading(monthly_report::Section section) const;

 private:
  [[nodiscard]] std::string_view say(std::string_view uk, std::string_view en) const {
    return language_ == Language::kUkrainian ? uk : en;
  }
  [[nodiscard]] std::string turnover(const std::string& currency);
  [[nodiscard]] std::string ageing(const std::string& currency);
  [[nodiscard]] std::string collected(const std::string& currency);
  [[nodiscard]] std::set<std::string> currencies() const;
  [[nodiscard]] bool has(std::string_view id, std::string_view unit) const;

  const monthly_report::Report& report_;
  Language language_;
  std::set<std::pair<std::string, std::string>> shown_;  // id and unit
};

}  // namespace ledger::print
