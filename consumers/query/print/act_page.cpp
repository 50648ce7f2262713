#include "consumers/query/print/act_page.h"

#include "consumers/query/print/act_parts.h"

namespace ledger::print {

std::string act_html(const ActPaper& paper, const BusinessZone& zone, Language language) {
  const ActParts parts(paper, zone, language);
  switch (paper.form) {
    case ActForm::kFirst:
      break;
    case ActForm::kSecond:
      return act_html_second(paper, parts, language);
  }
  return act_html_first(paper, parts, language);
}

std::string act_csv(const acts::Act& act) {
  Csv csv;
  csv.cell("row").cell("on").cell("kind").cell("document");
  csv.cell("our_debit_minor").cell("our_credit_minor");
  csv.cell("their_debit_minor").cell("their_credit_minor").cell("currency");
  csv.end_row();
  const auto row = [&](std::string_view what, std::string_view on, std::string_view kind,
                       std::string_view document, const ActSides& ours) {
    csv.cell(what).cell(on).cell(kind).cell(document);
    csv.cell(ours.debit_minor).cell(ours.credit_minor);
    csv.cell(ours.credit_minor).cell(ours.debit_minor).cell(act.subject.currency.text());
    csv.end_row();
  };
  row("opening", format_date(act.subject.from), "", "", sides_of(act.opening_minor));
  for (const auto& line : act.lines) {
    row("line", format_date(line.on), name_of(line.kind), line.document,
        {line.debit_minor, line.credit_minor});
  }
  row("turnover", "", "", "", {act.debit_minor, act.credit_minor});
  row("closing", format_date(act.subject.to), "", "", sides_of(act.closing_minor));
  return csv.take();
}

}  // namespace ledger::print
