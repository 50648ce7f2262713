#pragma once

#include <optional>
#include <string>
#include <vector>

#include "projections/acts/act.h"
#include "projections/acts/queries.h"
#include "projections/receivables/statement.h"

// Until when a debt can be claimed in court, roughly: information, never a rule that acts
// (domain-semantics.md 4b).
namespace ledger::acts {

// ЦКУ 257: the general term.
inline constexpr int kLimitationYears = 3;
// While martial law stopped the term (ЦКУ, final provisions 19) its days do not count; Law 4434-IX
// ended the stop. From the first day, to the first day on which it runs again.
inline constexpr Date kLimitationStopped{std::chrono::year(2022) / 2 / 24};
inline constexpr Date kLimitationGoesOn{std::chrono::year(2025) / 9 / 4};

// The last day of a term that began to run after `since`.
[[nodiscard]] Date limitation_ends(Date since);

// One open debt. Its term runs from the due date, and anew from each act that both
// sides signed with authority while it ran and that was about it (ЦКУ 264).
struct Limitation {
  InvoiceId invoice_id;
  std::string number;
  std::int64_t open_minor = 0;
  Date due_on;
  std::optional<ActId> renewed_by;
  Date until;
};
// Of what is open in a book, of one contract or of all; by its last day, then by due date and id.
[[nodiscard]] std::vector<Limitation> limitations(const receivables::Statement& book,
                                                  const std::vector<Standing>& acts,
                                                  const std::optional<ContractId>& contract_id);
// The same of a subject, at the end of its period.
[[nodiscard]] Result<std::vector<Limitation>> limitations(const ViewSnapshot& snapshot,
                                                          const Subject& subject,
                                                          const AsOf& as_of);

}  // namespace ledger::acts
