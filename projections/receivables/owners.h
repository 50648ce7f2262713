#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "events/money.h"
#include "projections/directory/one_client.h"
#include "projections/receivables/rows.h"
#include "projections/store/view_store.h"

// What can be one client's only, over all clients.
namespace ledger::receivables {

// The key of a booking of the bank (money.h); empty where the bank gave no reference.
[[nodiscard]] std::string booking_key(std::string_view our_account, std::string_view reference,
                                      const Money& amount);

// Who told an invoice of another client, if nobody told it of this one (by the card that stays);
// nullopt: nobody did, or it is this one's.
[[nodiscard]] Result<std::optional<Owner>> other_owner(const ViewSnapshot& snapshot,
                                                       const InvoiceId& invoice,
                                                       const std::string& client);

// Payments of the client that other clients have, too, whatever became of them since: one booking
// of the bank, told of several. Of the account as far as it is put together.
[[nodiscard]] Result<std::vector<SharedBooking>> shared_bookings(
    const ViewSnapshot& snapshot, const AccountRow& account, const directory::OneClient& client);
[[nodiscard]] std::string booking_key(const Payment& payment);
// One booking counts once, for the client of whom it was told first, until a person voids one of
// the payments: what was told later waits. nullptr: the payment counts.
[[nodiscard]] const SharedBooking* told_before(const AccountRow& account, const Payment& payment,
                                               const AsOf& as_of);
// Clients of whom bookings were told that were told of others, too, by id.
[[nodiscard]] Result<std::set<std::string>> sharing_cards(const ViewSnapshot& snapshot);
// The cards of which a booking was told.
[[nodiscard]] Result<std::set<std::string>> cards_of(const ViewSnapshot& snapshot,
                                                     const std::string& booking);

}  // namespace ledger::receivables
