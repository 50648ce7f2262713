// The second form: who signs fills in the half of his books, and each page says whose it is.
#include <fmt/format.h>

#include "consumers/query/print/act_parts.h"

namespace ledger::print {

namespace {

// The columns of both halves are as wide as each other though one is blank. Who prints in a browser
// that has no margin boxes misses the count of pages alone: name and number are in the table's
// head.
constexpr std::string_view kStyle = R"(
@page {{ margin: 15mm 12mm 18mm 20mm; @bottom-left {{ content: "{}"; font: 8pt serif }}
  @bottom-right {{ content: "{} " counter(page) " {} " counter(pages); font: 8pt serif }} }}
p.draft {{ text-align: center; font-size: 14pt; font-weight: bold; letter-spacing: 1mm }}
.blanks {{ table-layout: fixed; font-size: 8pt; line-height: 1.2; margin-top: 3mm }}
.blanks th, .blanks td {{ padding: 0.8mm; overflow-wrap: anywhere }}
.blanks td.number, .blanks th.number {{ width: auto; white-space: normal }}
.blanks tr.running th {{ border: 0; background: none; padding: 0 0 1.5mm; font-weight: normal }}
.blanks tbody.end {{ break-inside: avoid }} .blanks tbody.end td.wide {{ border: 0; font-size: 10pt }}
tr.running span {{ float: right; font-weight: bold }}
.signing {{ display: grid; grid-template-columns: 1fr 1fr; gap: 7mm 8mm; margin: 4mm 0; font-size: 9pt }}
.signing p {{ display: flex; align-items: flex-end; gap: 1.5mm; margin: 0 }}
.signing span {{ max-width: 32mm }} .signing i {{ flex: 1; min-width: 18mm; border-bottom: 0.3mm solid #000 }}
)";

class Page {
 public:
  Page(const ActPaper& paper, const ActParts& parts) : paper_(paper), parts_(parts) {}

  std::string style() const {
    // Twelve digits tell two papers apart; the whole digest stands at the end.
    const std::string proof =
        paper_.digest ? fmt::format("SHA-256 {}…", paper_.digest->substr(0, 12)) : "";
    return fmt::format(kStyle, proof, say("стор.", "page"), say("з", "of"));
  }

  std::string body() {
    body_ = fmt::format("<h1>{}</h1>\n", escaped(parts_.title()));
    if (paper_.is_draft) body_ += fmt::format("<p class=\"draft\">{}</p>\n", draft());
    body_ += parts_.place_and_date() + parts_.subject() + parts_.parties();
    add_halves();
    add_differences();
    body_ += fmt::format("<p class=\"small\">{}; {} {}; {}</p>\n", parts_.known_at(),
                         say("позиція журналу", "position of the log"), escaped(paper_.position),
                         parts_.proof());
    return std::move(body_);
  }

 private:
  std::string_view say(std::string_view uk, std::string_view en) const {
    return parts_.say(uk, en);
  }
  std::string_view draft() const { return say("ЧЕРНЕТКА", "DRAFT"); }

  // The first row of a table's head, which each of its pages repeats.
  std::string running_head(int columns) const {
    return fmt::format("<tr class=\"running\"><th colspan=\"{}\">{}{} {} {}: {} – {}</th></tr>\n",
                       columns, paper_.is_draft ? fmt::format("<span>{}</span>", draft()) : "",
                       escaped(parts_.title()), say("від", "of"), parts_.day(paper_.dated),
                       parts_.us(), parts_.them());
  }

  // Our figures, and room for theirs.
  void add_sum_row(std::string_view title, const ActSides& ours) {
    body_ += fmt::format(
        "<tr class=\"sum\"><td colspan=\"3\">{0}</td>{1}<td colspan=\"2\">{0}</td>"
        "<td></td><td></td></tr>\n",
        title, parts_.cells(ours, true));
  }

  void add_line(std::size_t number, const acts::Line& line) {
    body_ += fmt::format(
        "<tr><td>{}</td><td>{}</td><td>{}</td>{}<td></td><td></td><td></td><td></td></tr>\n",
        number, parts_.day(line.on), parts_.document_of(line),
        parts_.cells({line.debit_minor, line.credit_minor}));
  }

  void add_halves() {
    constexpr std::string_view kWidths =
        "<col style=\"width:8mm\"><col style=\"width:17mm\"><col>"
        "<col style=\"width:20mm\"><col style=\"width:20mm\"><col style=\"width:17mm\"><col>"
        "<col style=\"width:20mm\"><col style=\"width:20mm\">";
    const auto columns = fmt::format(
        "<th>{}</th><th>{}</th><th class=\"number\">{}</th><th class=\"number\">{}</th>",
        say("Дата", "Date"), say("Документ", "Document"), say("Дебет", "Debit"),
        say("Кредит", "Credit"));
    body_ += fmt::format(
        "<table class=\"blanks\"><colgroup>{}</colgroup><thead>{}<tr><th colspan=\"5\">{} {}</th>"
        "<th colspan=\"4\">{} {}</th></tr>\n<tr><th>{}</th>{}{}</tr></thead><tbody>\n",
        kWidths, running_head(9), say("За даними", "By the books of"), parts_.us(),
        say("За даними", "By the books of"), parts_.them(), say("№", "No."), columns, columns);
    const auto& act = paper_.act;
    add_sum_row(say("Сальдо на початок", "Opening balance"), sides_of(act.opening_minor));
    std::size_t number = 0;
    for (const auto& line : act.lines) add_line(++number, line);
    // What it comes to and who answers for it are never torn apart.
    body_ += "</tbody><tbody class=\"end\">\n";
    add_sum_row(say("Обороти за період", "Turnover"), {act.debit_minor, act.credit_minor});
    add_sum_row(say("Сальдо кінцеве", "Closing balance"), sides_of(act.closing_minor));
    body_ += fmt::format("<tr><td class=\"wide\" colspan=\"9\">{}", parts_.sentence());
    add_signatures();
    body_ += "</td></tr></tbody></table>\n";
  }

  // "директор ________ Марія Левченко"; blank where nobody told who.
  static std::string signature(std::string_view post, std::string_view name) {
    return fmt::format("<p><span>{}</span><i></i>{}</p>\n", post,
                       name.empty() ? "<i></i>" : fmt::format("<span>{}</span>", name));
  }
  std::string head_of(const std::optional<ActParty>& party) const {
    const bool has_post = party && party->post;
    return signature(has_post ? escaped(*party->post) : say("Керівник", "Director"),
                     party && party->signatory ? escaped(*party->signatory) : "");
  }

  void add_signatures() {
    const std::string accountant =
        signature(say("Головний бухгалтер", "Chief accountant"), std::string_view());
    const auto seal = say("М.П. або КЕП", "Seal or qualified e-signature");
    body_ += fmt::format(
        "<div class=\"signing\">\n<p>{}</p><p>{}</p>\n{}{}{}{}<p>{}</p><p>{}</p></div>\n",
        parts_.us(), parts_.them(), head_of(paper_.act.ours), head_of(paper_.act.theirs),
        accountant, accountant, seal, seal);
    body_ += parts_.signed_by();
  }

  void add_differences() {
    if (!paper_.disagreed) return;
    body_ += fmt::format(
        "<h2>{}</h2>\n<table class=\"blanks\"><thead>{}<tr>{}</tr></thead><tbody>\n",
        say("Таблиця розбіжностей", "Differences"), running_head(5), parts_.difference_columns());
    body_ += parts_.difference_rows() + "</tbody></table>\n" + parts_.their_closing();
  }

  const ActPaper& paper_;
  const ActParts& parts_;
  std::string body_;
};

}  // namespace

std::string act_html_second(const ActPaper& paper, const ActParts& parts, Language language) {
  Page made(paper, parts);
  const std::string body = made.body();
  return page(parts.title(), body, language, Paper::kPortrait, made.style());
}

}  // namespace ledger::print
