#pragma once

#include <vector>

#include "projections/contact_plan/reasons.h"

// Private to the plan: planned contacts that nobody set a date for, because the house's rules and
// the papers did (domain.md 6; schemas/decisions/0033). They stand among what was planned. Pure.
namespace ledger::contact_plan {

// How long the client has to look at a draft, in working days; after a month it is asleep, and he
// is called for his silence (ours).
inline constexpr int kDraftWorkingDays = 3;
inline constexpr int kDraftDaysMax = 30;
// Before the last day of a contract (domain.md 6).
inline constexpr int kContractEndDays = 30;

// The step against an overdue debt that is due and was not taken, in each currency
// (receivables/credit_control.h); settled by dunning.sent, or the payment.
[[nodiscard]] Status add_dunning(std::vector<Due>& found, const obligations::ClientBook& book);

// Drafts without an answer, disagreements that nobody resolved, contracts that end. Settled by the
// contract, its termination, or what the client said of it; an end by a contract or prolongation
// that was signed later and holds longer.
void add_contracts(std::vector<Due>& found, const Known& known);

}  // namespace ledger::contact_plan
