#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "projections/acts/act.h"
#include "projections/acts/queries.h"
#include "projections/receivables/statement.h"

// Until when a debt can be claimed in court, roughly: information, never a rule that acts
// (domain-semantics.md 4b).
namespace ledger::acts {

// ЦКУ 257: the general term; ЦКУ 258: of a penalty. Interest and costs (ЦКУ 625) are of the
// general.
inline constexpr int kLimitationYears = 3;
inline constexpr int kPenaltyLimitationYears = 1;
// Days on which no term ran, and by what: a matter of law that is data here (limitation_stops.cpp),
// each with the place where it was read, so that a lawyer may check it and a further one is a line.
struct LimitationStop {
  Date from;
  Date goes_on;   // the first day on which terms run again
  Date in_force;  // of the law: a term that was over by then stays so
  std::string_view law;
  std::string_view source;
};
// By their first day. They may have days in common, which count once.
[[nodiscard]] std::span<const LimitationStop> limitation_stops();

// The last day of a term that began to run after `since`.
[[nodiscard]] Date limitation_ends(Date since, int years = kLimitationYears);

// One open debt. Its term runs from the due date, and anew from each act that both
// sides signed with authority while it ran and that was about it (ЦКУ 264).
struct Limitation {
  InvoiceId invoice_id;
  std::string number;
  std::int64_t open_minor = 0;
  Date due_on;
  int term_years = kLimitationYears;
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
