#pragma once

#include <string>
#include <vector>

#include "projections/directory/one_client.h"
#include "projections/receivables/rows.h"
#include "projections/store/view_store.h"

namespace ledger::receivables {

using ledger::AsOf;

// Whether somebody undid an allocation since, by some knowledge.
[[nodiscard]] bool is_undone(const AccountRow& account, const Said<PaymentAllocated>& allocated,
                             const AsOf& as_of);

// An allocation whose payment and invoice are not one client's: it was decided while their cards
// were, and stands now that they are two again. It pays nothing: its money is free, its invoice is
// open, and both wait for a person, who takes it back by payment.deallocated or joins the cards.
struct CrossAllocation {
  Position position;
  PaymentAllocated data;       // its client_id is the card on which it is recorded
  std::string payment_client;  // whose the payment is now; empty: the ledger does not know it
  std::string invoice_client;  // likewise
};
// Those that concern a client, by position: recorded on its cards, or on cards that were ever
// joined with them.
[[nodiscard]] Result<std::vector<CrossAllocation>> cross_allocations(
    const ViewSnapshot& snapshot, const directory::OneClient& client, const AsOf& as_of);

}  // namespace ledger::receivables
