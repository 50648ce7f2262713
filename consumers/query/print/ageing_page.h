#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "consumers/query/print/form.h"
#include "events/types/fx.h"
#include "projections/known.h"
#include "projections/receivables/queries.h"

namespace ledger::print {

// One client's debts in one currency.
struct AgeingLine {
  std::string client_id;
  std::string name;
  receivables::Ageing ageing;
  std::string manager = {};  // who answers for him, by name
};

// Which debts were asked for, and in which order.
struct AgeingChoice {
  std::string manager;   // by name; empty: of everybody
  std::string currency;  // empty: of each
  bool overdue_only = false;
  std::string sort = "client";  // the word of the question
  bool backwards = false;
  std::string question = {};  // all of it, as a question says it; empty: all there is
  bool due_in_week_only = false;

  [[nodiscard]] bool is_all() const {
    return manager.empty() && currency.empty() && !overdue_only && !due_in_week_only;
  }
};

// The register of debts by age, for a date.
struct AgeingRegister {
  AsOf as_of;
  std::vector<AgeingLine> lines;
  std::map<std::string, receivables::Ageing> totals;  // by currency
  receivables::Basis basis = receivables::Basis::kDue;
  AgeingChoice choice = {};
  // By currency, of the date: what its balance is in hryvnias goes by (domain-semantics.md 4b,
  // currency). None of the hryvnia, and where none was published by then.
  std::map<std::string, FxRatePublished> rates = {};
};

// As a page for A4 across, and as a table. The head says by what knowledge the figures stand, from
// which day age is counted (domain-semantics.md 6, 12; 3, 3), and which debts they are. So does the
// head of a table for Excel; a table for programs says it in its columns "basis" and "choice".
// Beside a balance in a foreign currency stands what it is in hryvnias, with the rate and its date;
// where no rate is known nothing stands there, and the head says why. The total in hryvnias is the
// total converted, as every answer has it: its lines, each rounded, may differ by some kopecks.
[[nodiscard]] std::string ageing_page(const AgeingRegister& debts, const BusinessZone& zone,
                                      Language language);
[[nodiscard]] std::string ageing_csv(const AgeingRegister& debts);
[[nodiscard]] std::string ageing_for_excel(const AgeingRegister& debts, const BusinessZone& zone,
                                           Language language);

}  // namespace ledger::print
