#include "consumers/query/print/act_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "consumers/query/print/amount_in_words.h"

namespace ledger::print {

namespace {

using acts::Act;
using acts::Line;

// What both halves hold of one row.
struct Sides {
  std::int64_t debit_minor = 0;
  std::int64_t credit_minor = 0;
};

Sides sides_of(std::int64_t balance_minor) {
  // A balance at the least value was refused when the act was added up.
  return balance_minor >= 0 ? Sides{balance_minor, 0} : Sides{0, -balance_minor};
}

constexpr std::array<std::string_view, 9> kKindsUk{
    "Рахунок",           "Оплата",       "Коригування", "Списання",   "Скасування рахунку",
    "Повернення коштів", "Сторно банку", "Конвертація", "Взаємозалік"};
constexpr std::array<std::string_view, 9> kKindsEn{
    "Invoice", "Payment",       "Credit note", "Write-off", "Cancelled invoice",
    "Refund",  "Bank reversal", "Conversion",  "Offset"};
constexpr std::array<std::string_view, 5> kDifferencesUk{"немає у клієнта", "немає у нас",
                                                         "різна сума", "зсув дати", "різний знак"};
constexpr std::array<std::string_view, 5> kDifferencesEn{"absent at the client's", "absent at ours",
                                                         "amount", "date shifted", "sign"};

class Page {
 public:
  Page(const ActPaper& paper, const BusinessZone& zone, Language language)
      : paper_(paper),
        act_(paper.act),
        zone_(zone),
        uk_(language == Language::kUkrainian),
        language_(language) {}

  std::string html() {
    std::string title = uk_ ? "Акт звірки взаєморозрахунків" : "Act of reconciliation";
    if (paper_.number) title += fmt::format(" {} {}", uk_ ? "№" : "No.", *paper_.number);
    body_ = fmt::format("<h1>{}</h1>\n<p class=\"centred\">{}{}</p>\n", escaped(title),
                        paper_.place ? escaped(*paper_.place) + ", " : "",
                        date(paper_.dated, language_));
    add_subject();
    add_parties();
    add_halves();
    add_sentence();
    add_differences();
    add_signatures();
    add_proof();
    return page(title, body_, language_);
  }

 private:
  std::string_view say(std::string_view uk, std::string_view en) const { return uk_ ? uk : en; }

  std::string money_of(std::int64_t minor) const {
    return money(minor, act_.subject.currency.text(), language_);
  }

  std::string name_of_party(const std::optional<ActParty>& party) const {
    return party ? escaped(party->name) : std::string(uk_ ? "________________" : "______________");
  }
  std::string us() const { return name_of_party(act_.ours); }
  std::string them() const { return name_of_party(act_.theirs); }

  std::string currency() const {
    const std::string& code = act_.subject.currency.text();
    return uk_ && code == "UAH" ? "гривня (UAH)" : code;
  }

  void add_subject() {
    const std::string contract = act_.contract_title ? escaped(*act_.contract_title)
                                 : act_.subject.contract_id
                                     ? escaped(act_.subject.contract_id->text())
                                     : std::string(say("усі", "all"));
    body_ +=
        fmt::format("<p>{} {} {} {} {}. {}: {}. {}: {}.</p>\n",
                    say("Сторони звірили взаємні розрахунки за період з",
                        "The parties compared their books from"),
                    date(act_.subject.from, language_), say("по", "to"),
                    date(act_.subject.to, language_), say("включно", "inclusive"),
                    say("Договір", "Contract"), contract, say("Валюта", "Currency"), currency());
  }

  void add_parties() {
    body_ += fmt::format("<table><thead><tr><th></th><th>{}</th><th>{}</th></tr></thead><tbody>\n",
                         us(), them());
    const auto row = [&](std::string_view title, auto member) {
      const auto cell = [&](const std::optional<ActParty>& party) -> std::string {
        if (!party || !((*party).*member)) return {};
        const auto& value = *((*party).*member);
        if constexpr (ParsedText<std::decay_t<decltype(value)>>) {
          return escaped(value.text());
        } else {
          return escaped(value);
        }
      };
      const std::string ours = cell(act_.ours);
      const std::string theirs = cell(act_.theirs);
      if (ours.empty() && theirs.empty()) return;
      body_ += fmt::format("<tr><td>{}</td><td>{}</td><td>{}</td></tr>\n", title, ours, theirs);
    };
    row(say("Код ЄДРПОУ / РНОКПП", "Tax code"), &ActParty::tax_code);
    row(say("Адреса", "Address"), &ActParty::address);
    row(say("Рахунок (IBAN)", "IBAN"), &ActParty::iban);
    row(say("Підписант", "Signatory"), &ActParty::signatory);
    row(say("Посада", "Post"), &ActParty::post);
    row(say("Діє на підставі", "Acts by"), &ActParty::authority);
    body_ += "</tbody></table>\n";
  }

  // Without the currency, which stands above the table. Who owes nothing is told so by a nought.
  void add_cells(const Sides& sides, bool is_balance = false) {
    const auto cell = [&](std::int64_t minor, bool nought) {
      body_ += fmt::format(
          "<td class=\"number\">{}</td>",
          minor == 0 && !nought ? "" : amount(minor, act_.subject.currency.text(), language_));
    };
    cell(sides.debit_minor, is_balance && sides.credit_minor == 0);
    cell(sides.credit_minor, false);
  }

  void add_sum_row(std::string_view title, const Sides& ours) {
    body_ += fmt::format("<tr class=\"sum\"><td colspan=\"3\">{}</td>", title);
    add_cells(ours, true);
    body_ += fmt::format("<td colspan=\"2\">{}</td>", title);
    add_cells({ours.credit_minor, ours.debit_minor}, true);
    body_ += "</tr>\n";
  }

  void add_line(std::size_t number, const Line& line) {
    const std::string day = date(line.on, language_);
    const auto& kinds = uk_ ? kKindsUk : kKindsEn;
    std::string document(kinds[static_cast<std::size_t>(line.kind)]);
    if (!line.document.empty()) {
      document += fmt::format(" {} {}", say("№", "No."), escaped(line.document));
    }
    body_ += fmt::format("<tr><td>{}</td><td>{}</td><td>{}</td>", number, day, document);
    add_cells({line.debit_minor, line.credit_minor});
    body_ += fmt::format("<td>{}</td><td>{}</td>", day, document);
    add_cells({line.credit_minor, line.debit_minor});
    body_ += "</tr>\n";
  }

  void add_halves() {
    const auto columns = fmt::format(
        "<th>{}</th><th>{}</th><th class=\"number\">{}</th><th class=\"number\">{}</th>",
        say("Дата", "Date"), say("Документ", "Document"), say("Дебет", "Debit"),
        say("Кредит", "Credit"));
    body_ += fmt::format(
        "<h2>{}</h2>\n<table class=\"halves\"><thead><tr><th colspan=\"5\">{} {}</th>"
        "<th colspan=\"4\">{} {}</th></tr>\n<tr><th>{}</th>{}{}</tr></thead><tbody>\n",
        say("Взаєморозрахунки", "Account"), say("За даними", "By the books of"), us(),
        say("За даними", "By the books of"), them(), say("№", "No."), columns, columns);
    add_sum_row(say("Сальдо на початок", "Opening balance"), sides_of(act_.opening_minor));
    std::size_t number = 0;
    for (const auto& line : act_.lines) add_line(++number, line);
    add_sum_row(say("Обороти за період", "Turnover"), {act_.debit_minor, act_.credit_minor});
    add_sum_row(say("Сальдо кінцеве", "Closing balance"), sides_of(act_.closing_minor));
    body_ += "</tbody></table>\n";
  }

  void add_sentence() {
    const std::string day = date(act_.subject.to, language_);
    const std::int64_t closing = act_.closing_minor;
    if (closing == 0) {
      body_ += fmt::format("<p>{} {} {}.</p>\n", say("Станом на", "As of"), day,
                           say("взаємної заборгованості немає", "nothing is owed by either side"));
      return;
    }
    const Sides sides = sides_of(closing);
    const std::int64_t amount = sides.debit_minor + sides.credit_minor;
    body_ += fmt::format("<p>{} {} {} {} {} {} ({}).</p>\n", say("Станом на", "As of"), day,
                         say("заборгованість на користь", "the debt in favour of"),
                         closing > 0 ? us() : them(), say("становить", "is"), money_of(amount),
                         escaped(amount_in_words({amount, act_.subject.currency}, language_)));
  }

  void add_differences() {
    if (!paper_.disagreed) return;
    body_ += fmt::format(
        "<h2>{}</h2>\n<table><thead><tr><th>{}</th><th>{}</th><th class=\"number\">{}</th>"
        "<th class=\"number\">{}</th><th>{}</th></tr></thead><tbody>\n",
        say("Таблиця розбіжностей", "Differences"), say("Розбіжність", "Difference"),
        say("Документ", "Document"), say("Наші дані", "Ours"), say("Дані клієнта", "Theirs"),
        say("Примітка", "Note"));
    const auto& kinds = uk_ ? kDifferencesUk : kDifferencesEn;
    const auto sum = [&](const std::optional<Money>& value) {
      return value ? money(value->amount_minor, value->currency.text(), language_) : "";
    };
    for (const auto& difference : paper_.disagreed->differences) {
      body_ += fmt::format(
          "<tr><td>{}</td><td>{}</td><td class=\"number\">{}</td>"
          "<td class=\"number\">{}</td><td>{}</td></tr>\n",
          kinds[static_cast<std::size_t>(difference.kind)], escaped(difference.document),
          sum(difference.ours), sum(difference.theirs), escaped(difference.note.value_or("")));
    }
    body_ += "</tbody></table>\n";
    if (!paper_.disagreed->their_closing) return;
    body_ += fmt::format("<p>{} {} {} {}.</p>\n", say("За даними", "By the books of"), them(),
                         say("сальдо кінцеве становить", "the closing balance is"),
                         sum(paper_.disagreed->their_closing));
  }

  void add_signatures() {
    const auto line = [&](std::string_view role) {
      body_ += fmt::format("<div>{}, {}</div><div>{}, {}</div>\n", role, us(), role, them());
    };
    body_ += "<div class=\"signatures\">\n";
    line(say("Керівник (підпис, ПІБ)", "Director (signature, name)"));
    line(say("Головний бухгалтер (підпис, ПІБ)", "Chief accountant (signature, name)"));
    line(say("М.П. або КЕП", "Seal or qualified e-signature"));
    body_ += "</div>\n";
    if (!paper_.signed_by_both) return;
    const auto& both = *paper_.signed_by_both;
    body_ += fmt::format("<p>{} {}: {}; {}, {}: {}.</p>\n", say("Підписано", "Signed"),
                         date(both.signed_on, language_), escaped(both.our_signatory),
                         escaped(both.their_signatory), say("діє на підставі", "acting by"),
                         escaped(both.their_authority));
  }

  void add_proof() {
    const auto& known_at = act_.subject.known_at;
    const std::string proof =
        paper_.digest
            ? fmt::format("SHA-256 {}", *paper_.digest)
            : std::string(say("контрольною сумою чернетки не підтверджено",
                              "not proven: the digest of the draft is not of these figures"));
    body_ += fmt::format(
        "<p class=\"small\">{} {}, {}</p>\n",
        say("Показники за даними журналу подій, відомими на", "Figures by the log as known at"),
        known_at ? instant(*known_at, zone_, language_) : "", proof);
  }

  const ActPaper& paper_;
  const Act& act_;
  const BusinessZone& zone_;
  bool uk_;
  Language language_;
  std::string body_;
};

}  // namespace

std::string act_html(const ActPaper& paper, const BusinessZone& zone, Language language) {
  return Page(paper, zone, language).html();
}

std::string act_csv(const Act& act) {
  Csv csv;
  csv.cell("row").cell("on").cell("kind").cell("document");
  csv.cell("our_debit_minor").cell("our_credit_minor");
  csv.cell("their_debit_minor").cell("their_credit_minor").cell("currency");
  csv.end_row();
  const auto row = [&](std::string_view what, std::string_view on, std::string_view kind,
                       std::string_view document, const Sides& ours) {
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
