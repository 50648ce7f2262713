#pragma once

#include <vector>

#include "projections/contact_plan/plan.h"
#include "projections/directory/rules.h"
#include "projections/obligations/contacts.h"
#include "projections/obligations/obligation.h"

// Private to the plan: why one client is to be contacted. Pure.
namespace ledger::contact_plan {

// What is known of a client.
struct Known {
  const obligations::ClientBook& book;
  const obligations::Contacts& contacts;
  const std::vector<obligations::Obligation>& owed;
  const directory::Calendar& calendar;
  const directory::ContactRule& rule;
};
// A reason, and whose it is.
struct Due {
  Reason reason;
  std::optional<ManagerId> manager;  // absent: of who answers for the client as a whole
};
// All of them, whether they are to be shown or not, in no order.
[[nodiscard]] Result<std::vector<Due>> reasons(const Known& known);
// One that is about something of a day: so many days ago it was, or none.
[[nodiscard]] Reason about(Why why, std::string id, Date on, Date day);
// As they stand on a row.
void sort_reasons(std::vector<Reason>& reasons);

// How many days a client of this kind may be left alone (domain-semantics.md 4d).
[[nodiscard]] int silence_interval(const obligations::ClientBook& book,
                                   const directory::ContactRule& rule);
// Nobody bought anything yet, and nobody said that he is more than a prospect.
[[nodiscard]] bool is_prospect(const obligations::ClientBook& book);

}  // namespace ledger::contact_plan
