#include <algorithm>

#include "consumers/query/print/report_page.h"
#include "consumers/query/print/report_tables.h"
#include "consumers/query/print/report_titles.h"

namespace ledger::print {

namespace {

using monthly_report::Section;

std::string positions_of(const std::vector<Position>& positions) {
  std::string text;
  for (const auto& position : positions) {
    text += (text.empty() ? "" : " ") + to_string(position);
  }
  return text;
}

// What the report that was handed in had no line for, as the debts in a currency that came later.
void add_new_lines(Csv& csv, const ReportPaper& paper, Language language) {
  if (!paper.as_handed_in) return;
  const auto& lines = paper.report.lines;
  for (const auto& change : paper.changed_since) {
    const auto& what = change.what;
    if (std::any_of(lines.begin(), lines.end(), [&](const auto& line) {
          return line.id == what.figure && line.unit == what.unit;
        })) {
      continue;
    }
    csv.cell("changed_since").cell(what.figure).cell(full_title_of(what.figure, language));
    csv.cell("").cell(what.unit).cell("reporting.completeness");
    figure_cell(csv, what.now, what.unit);
    csv.cell(positions_of(what.events));
    csv.end_row();
  }
}

}  // namespace

std::string report_csv(const ReportPaper& paper, Language language) {
  Csv csv;
  csv.cell("section").cell("figure").cell("title").cell("value").cell("unit").cell("duty_id");
  csv.cell("now").cell("changed_by");
  csv.end_row();
  const auto changed = [&](const monthly_report::Line& line) -> const ReportChange* {
    if (!paper.as_handed_in) return nullptr;
    for (const auto& change : paper.changed_since) {
      if (change.what.figure == line.id && change.what.unit == line.unit) return &change;
    }
    return nullptr;
  };
  for (const auto& line : paper.report.lines) {
    csv.cell(name_of(line.section)).cell(line.id).cell(full_title_of(line.id, language));
    figure_cell(csv, line.value, line.unit);
    csv.cell(line.unit).cell(line.duty_id);
    if (const auto* change = changed(line)) {
      figure_cell(csv, change->what.now, line.unit);
      csv.cell(positions_of(change->what.events));
    } else {
      csv.cell("").cell("");
    }
    csv.end_row();
  }
  add_new_lines(csv, paper, language);
  for (const auto& change : paper.corrections) {
    const auto& what = change.what;
    csv.cell(name_of(Section::kCorrections)).cell(format_month(what.month) + '/' + what.figure);
    csv.cell(full_title_of(what.figure, language));
    figure_cell(csv, what.then, what.unit);
    csv.cell(what.unit).cell("reporting.completeness");
    figure_cell(csv, what.now, what.unit);
    csv.cell(positions_of(what.events));
    csv.end_row();
  }
  return csv.take();
}

}  // namespace ledger::print
