#include "consumers/query/print/act_parts.h"

#include <fmt/format.h>

#include <array>

#include "consumers/query/print/amount_in_words.h"

namespace ledger::print {

namespace {

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

// A member of a party as the table of parties shows it.
template <class T>
std::string text_of(const std::optional<T>& value) {
  if (!value) return {};
  if constexpr (ParsedText<T>) {
    return escaped(value->text());
  } else {
    return escaped(*value);
  }
}

}  // namespace

std::string ActParts::title() const {
  std::string title(say("Акт звірки взаєморозрахунків", "Act of reconciliation"));
  if (paper_.number) title += fmt::format(" {} {}", say("№", "No."), *paper_.number);
  return title;
}

std::string ActParts::name_of_party(const std::optional<ActParty>& party) const {
  return party ? escaped(party->name) : std::string(say("________________", "______________"));
}

std::string ActParts::place_and_date() const {
  return fmt::format("<p class=\"centred\">{}{}</p>\n",
                     paper_.place ? escaped(*paper_.place) + ", " : "", day(paper_.dated));
}

std::string ActParts::subject() const {
  const std::string contract = act_.contract_title ? escaped(*act_.contract_title)
                               : act_.subject.contract_id
                                   ? escaped(act_.subject.contract_id->text())
                                   : std::string(say("усі", "all"));
  const std::string& code = act_.subject.currency.text();
  return fmt::format("<p>{} {} {} {} {}. {}: {}. {}: {}.</p>\n",
                     say("Сторони звірили взаємні розрахунки за період з",
                         "The parties compared their books from"),
                     day(act_.subject.from), say("по", "to"), day(act_.subject.to),
                     say("включно", "inclusive"), say("Договір", "Contract"), contract,
                     say("Валюта", "Currency"), uk_ && code == "UAH" ? "гривня (UAH)" : code);
}

std::string ActParts::parties() const {
  std::string table = fmt::format(
      "<table><thead><tr><th></th><th>{}</th><th>{}</th></tr></thead><tbody>\n", us(), them());
  const auto row = [&](std::string_view title, auto member) {
    const auto cell = [&](const std::optional<ActParty>& party) {
      return party ? text_of((*party).*member) : std::string();
    };
    const std::string ours = cell(act_.ours);
    const std::string theirs = cell(act_.theirs);
    if (ours.empty() && theirs.empty()) return;
    table += fmt::format("<tr><td>{}</td><td>{}</td><td>{}</td></tr>\n", title, ours, theirs);
  };
  row(say("Код ЄДРПОУ / РНОКПП", "Tax code"), &ActParty::tax_code);
  row(say("Адреса", "Address"), &ActParty::address);
  row(say("Рахунок (IBAN)", "IBAN"), &ActParty::iban);
  row(say("Підписант", "Signatory"), &ActParty::signatory);
  row(say("Посада", "Post"), &ActParty::post);
  row(say("Діє на підставі", "Acts by"), &ActParty::authority);
  return table + "</tbody></table>\n";
}

std::string ActParts::document_of(const acts::Line& line) const {
  const auto& kinds = uk_ ? kKindsUk : kKindsEn;
  std::string document(kinds[static_cast<std::size_t>(line.kind)]);
  if (!line.document.empty()) {
    document += fmt::format(" {} {}", say("№", "No."), escaped(line.document));
  }
  return document;
}

std::string ActParts::cells(const ActSides& sides, bool is_balance) const {
  const auto cell = [&](std::int64_t minor, bool nought) {
    return fmt::format(
        "<td class=\"number\">{}</td>",
        minor == 0 && !nought ? "" : amount(minor, act_.subject.currency.text(), language_));
  };
  const std::string debit = cell(sides.debit_minor, is_balance && sides.credit_minor == 0);
  return debit + cell(sides.credit_minor, false);
}

std::string ActParts::sentence() const {
  const std::string on = day(act_.subject.to);
  const std::int64_t closing = act_.closing_minor;
  if (closing == 0) {
    return fmt::format("<p>{} {} {}.</p>\n", say("Станом на", "As of"), on,
                       say("взаємної заборгованості немає", "nothing is owed by either side"));
  }
  const ActSides sides = sides_of(closing);
  const std::int64_t owed = sides.debit_minor + sides.credit_minor;
  return fmt::format("<p>{} {} {} {} {} {} ({}).</p>\n", say("Станом на", "As of"), on,
                     say("заборгованість на користь", "the debt in favour of"),
                     closing > 0 ? us() : them(), say("становить", "is"), money_of(owed),
                     escaped(amount_in_words({owed, act_.subject.currency}, language_)));
}

std::string ActParts::difference_columns() const {
  return fmt::format(
      "<th>{}</th><th>{}</th><th class=\"number\">{}</th>"
      "<th class=\"number\">{}</th><th>{}</th>",
      say("Розбіжність", "Difference"), say("Документ", "Document"), say("Наші дані", "Ours"),
      say("Дані клієнта", "Theirs"), say("Примітка", "Note"));
}

std::string ActParts::difference_rows() const {
  const auto& kinds = uk_ ? kDifferencesUk : kDifferencesEn;
  std::string rows;
  for (const auto& difference : paper_.disagreed->differences) {
    rows += fmt::format(
        "<tr><td>{}</td><td>{}</td><td class=\"number\">{}</td>"
        "<td class=\"number\">{}</td><td>{}</td></tr>\n",
        kinds[static_cast<std::size_t>(difference.kind)], escaped(difference.document),
        sum(difference.ours), sum(difference.theirs), escaped(difference.note.value_or("")));
  }
  return rows;
}

std::string ActParts::their_closing() const {
  if (!paper_.disagreed->their_closing) return {};
  return fmt::format("<p>{} {} {} {}.</p>\n", say("За даними", "By the books of"), them(),
                     say("сальдо кінцеве становить", "the closing balance is"),
                     sum(paper_.disagreed->their_closing));
}

std::string ActParts::signed_by() const {
  if (!paper_.signed_by_both) return {};
  const auto& both = *paper_.signed_by_both;
  return fmt::format("<p>{} {}: {}; {}, {}: {}.</p>\n", say("Підписано", "Signed"),
                     day(both.signed_on), escaped(both.our_signatory),
                     escaped(both.their_signatory), say("діє на підставі", "acting by"),
                     escaped(both.their_authority));
}

std::string ActParts::known_at() const {
  const auto& known = act_.subject.known_at;
  return fmt::format(
      "{} {}",
      say("Показники за даними журналу подій, відомими на", "Figures by the log as known at"),
      known ? instant(*known, zone_, language_) : "");
}

std::string ActParts::proof() const {
  if (paper_.digest) return fmt::format("SHA-256 {}", *paper_.digest);
  return std::string(say("контрольною сумою чернетки не підтверджено",
                         "not proven: the digest of the draft is not of these figures"));
}

}  // namespace ledger::print
