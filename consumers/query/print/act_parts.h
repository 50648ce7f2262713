#pragma once

#include <string>
#include <string_view>

#include "consumers/query/print/act_page.h"

namespace ledger::print {

// What a half holds of one row.
struct ActSides {
  std::int64_t debit_minor = 0;
  std::int64_t credit_minor = 0;
};

// A balance: what the client owes us is our debit. One at the least value was refused when the act
// was added up.
[[nodiscard]] inline ActSides sides_of(std::int64_t balance_minor) {
  return balance_minor >= 0 ? ActSides{balance_minor, 0} : ActSides{0, -balance_minor};
}

// What the forms of an act say in the same words, as HTML. Changing a word here changes papers that
// went out: the tests hold the bytes of each form.
class ActParts {
 public:
  // All three must outlive the parts.
  ActParts(const ActPaper& paper, const BusinessZone& zone, Language language)
      : paper_(paper),
        act_(paper.act),
        zone_(zone),
        uk_(language == Language::kUkrainian),
        language_(language) {}

  [[nodiscard]] std::string_view say(std::string_view uk, std::string_view en) const {
    return uk_ ? uk : en;
  }
  [[nodiscard]] std::string day(Date on) const { return date(on, language_); }
  // "Акт звірки взаєморозрахунків № АЗ-11", not escaped yet.
  [[nodiscard]] std::string title() const;
  // Names of the sides; a line to write on where nobody told one.
  [[nodiscard]] std::string us() const { return name_of_party(act_.ours); }
  [[nodiscard]] std::string them() const { return name_of_party(act_.theirs); }
  // Place and date, period, contract and currency.
  [[nodiscard]] std::string place_and_date() const;
  [[nodiscard]] std::string subject() const;
  [[nodiscard]] std::string parties() const;
  // "Рахунок № РФ-2".
  [[nodiscard]] std::string document_of(const acts::Line& line) const;
  // Two cells, without the currency, which stands above the table. Who owes nothing is told so by a
  // nought.
  [[nodiscard]] std::string cells(const ActSides& sides, bool is_balance = false) const;
  // "Станом на … заборгованість на користь … становить … (словами)."
  [[nodiscard]] std::string sentence() const;
  // The head of the table of differences, without its tags, its rows, and what stands below it.
  [[nodiscard]] std::string difference_columns() const;
  [[nodiscard]] std::string difference_rows() const;
  [[nodiscard]] std::string their_closing() const;
  // Who signed and when, once both have.
  [[nodiscard]] std::string signed_by() const;
  // "Показники за даними журналу подій, відомими на 01.12.2026 13:59"
  [[nodiscard]] std::string known_at() const;
  [[nodiscard]] std::string proof() const;

 private:
  [[nodiscard]] std::string name_of_party(const std::optional<ActParty>& party) const;
  [[nodiscard]] std::string money_of(std::int64_t minor) const {
    return money(minor, act_.subject.currency.text(), language_);
  }
  [[nodiscard]] std::string sum(const std::optional<Money>& value) const {
    return value ? money(value->amount_minor, value->currency.text(), language_) : "";
  }

  const ActPaper& paper_;
  const acts::Act& act_;
  const BusinessZone& zone_;
  bool uk_;
  Language language_;
};

// The whole page in each form.
[[nodiscard]] std::string act_html_first(const ActPaper& paper, const ActParts& parts,
                                         Language language);
[[nodiscard]] std::string act_html_second(const ActPaper& paper, const ActParts& parts,
                                          Language language);

}  // namespace ledger::print
