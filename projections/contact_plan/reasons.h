#pragma once

#include <vector>

#include "projections/contact_plan/plan.h"
#include "projections/obligations/contacts.h"
#include "projections/obligations/obligation.h"

// Private to the plan: why one client is to be contacted. Pure.
namespace ledger::contact_plan {

// What is known of a client, and what of it is a manager's.
struct Known {
  const obligations::ClientBook& book;
  const obligations::Contacts& contacts;
  std::vector<obligations::Obligation> owed;  // that the manager answers for
  bool is_his = false;                        // he answers for the client as a whole
  const directory::Calendar& calendar;
};
// All of them, whether they are to be shown or not, in their order.
[[nodiscard]] std::vector<Reason> reasons(const Known& known);

// How many days a client of this kind may be left alone (domain-semantics.md 4d).
[[nodiscard]] int silence_interval(const obligations::ClientBook& book);
// Nobody bought anything yet, and nobody said that he is more than a prospect.
[[nodiscard]] bool is_prospect(const obligations::ClientBook& book);

}  // namespace ledger::contact_plan
