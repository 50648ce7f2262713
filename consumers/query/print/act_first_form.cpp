// The first form: of acts that were drafted before there was another one. Its bytes do not change.
#include <fmt/format.h>

#include "consumers/query/print/act_parts.h"

namespace ledger::print {

namespace {

using acts::Line;

class Page {
 public:
  Page(const ActPaper& paper, const ActParts& parts) : paper_(paper), parts_(parts) {}

  std::string body() {
    body_ = fmt::format("<h1>{}</h1>\n", escaped(parts_.title())) + parts_.place_and_date() +
            parts_.subject() + parts_.parties();
    add_halves();
    body_ += parts_.sentence();
    add_differences();
    add_signatures();
    body_ += fmt::format("<p class=\"small\">{}, {}</p>\n", parts_.known_at(), parts_.proof());
    return std::move(body_);
  }

 private:
  std::string_view say(std::string_view uk, std::string_view en) const {
    return parts_.say(uk, en);
  }

  void add_sum_row(std::string_view title, const ActSides& ours) {
    body_ += fmt::format("<tr class=\"sum\"><td colspan=\"3\">{}</td>{}", title,
                         parts_.cells(ours, true));
    body_ += fmt::format("<td colspan=\"2\">{}</td>{}</tr>\n", title,
                         parts_.cells({ours.credit_minor, ours.debit_minor}, true));
  }

  void add_line(std::size_t number, const Line& line) {
    const std::string day = parts_.day(line.on);
    const std::string document = parts_.document_of(line);
    body_ += fmt::format("<tr><td>{}</td><td>{}</td><td>{}</td>{}", number, day, document,
                         parts_.cells({line.debit_minor, line.credit_minor}));
    body_ += fmt::format("<td>{}</td><td>{}</td>{}</tr>\n", day, document,
                         parts_.cells({line.credit_minor, line.debit_minor}));
  }

  // The client's half is the mirror of ours.
  void add_halves() {
    const auto columns = fmt::format(
        "<th>{}</th><th>{}</th><th class=\"number\">{}</th><th class=\"number\">{}</th>",
        say("Дата", "Date"), say("Документ", "Document"), say("Дебет", "Debit"),
        say("Кредит", "Credit"));
    body_ += fmt::format(
        "<h2>{}</h2>\n<table class=\"halves\"><thead><tr><th colspan=\"5\">{} {}</th>"
        "<th colspan=\"4\">{} {}</th></tr>\n<tr><th>{}</th>{}{}</tr></thead><tbody>\n",
        say("Взаєморозрахунки", "Account"), say("За даними", "By the books of"), parts_.us(),
        say("За даними", "By the books of"), parts_.them(), say("№", "No."), columns, columns);
    const auto& act = paper_.act;
    add_sum_row(say("Сальдо на початок", "Opening balance"), sides_of(act.opening_minor));
    std::size_t number = 0;
    for (const auto& line : act.lines) add_line(++number, line);
    add_sum_row(say("Обороти за період", "Turnover"), {act.debit_minor, act.credit_minor});
    add_sum_row(say("Сальдо кінцеве", "Closing balance"), sides_of(act.closing_minor));
    body_ += "</tbody></table>\n";
  }

  void add_differences() {
    if (!paper_.disagreed) return;
    body_ += fmt::format("<h2>{}</h2>\n<table><thead><tr>{}</tr></thead><tbody>\n",
                         say("Таблиця розбіжностей", "Differences"), parts_.difference_columns());
    body_ += parts_.difference_rows() + "</tbody></table>\n" + parts_.their_closing();
  }

  void add_signatures() {
    const auto line = [&](std::string_view role) {
      body_ += fmt::format("<div>{}, {}</div><div>{}, {}</div>\n", role, parts_.us(), role,
                           parts_.them());
    };
    body_ += "<div class=\"signatures\">\n";
    line(say("Керівник (підпис, ПІБ)", "Director (signature, name)"));
    line(say("Головний бухгалтер (підпис, ПІБ)", "Chief accountant (signature, name)"));
    line(say("М.П. або КЕП", "Seal or qualified e-signature"));
    body_ += "</div>\n" + parts_.signed_by();
  }

  const ActPaper& paper_;
  const ActParts& parts_;
  std::string body_;
};

}  // namespace

std::string act_html_first(const ActPaper& paper, const ActParts& parts, Language language) {
  return page(parts.title(), Page(paper, parts).body(), language);
}

}  // namespace ledger::print
