#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "consumers/query/print/form.h"
#include "projections/known.h"
#include "projections/receivables/queries.h"

namespace ledger::print {

// One client's debts in one currency.
struct AgeingLine {
  std::string client_id;
  std::string name;
  receivables::Ageing ageing;
};

// The register of debts by age, for a date.
struct AgeingRegister {
  AsOf as_of;
  std::vector<AgeingLine> lines;
  std::map<std::string, receivables::Ageing> totals;  // by currency
  receivables::Basis basis = receivables::Basis::kDue;
};

// As a page for A4 across, and as a table. The head says by what knowledge the figures stand and
// from which day age is counted (domain-semantics.md 6, 12; 3, 3).
[[nodiscard]] std::string ageing_page(const AgeingRegister& debts, const BusinessZone& zone,
                                      Language language);
[[nodiscard]] std::string ageing_csv(const AgeingRegister& debts);

}  // namespace ledger::print
