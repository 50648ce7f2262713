#pragma once

#include <optional>
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

// Another client, by the card that stays, whom an invoice was told of, if it was not told of this
// one; nullopt: nobody, or this one.
[[nodiscard]] Result<std::optional<std::string>> other_owner(const ViewSnapshot& snapshot,
                                                             const InvoiceId& invoice,
                                                             const std::string& client);

// A payment of the client that another client has, too: one booking of the bank, told of both.
struct SharedBooking {
  const Payment* mine = nullptr;  // in the account
  Owner other;
  std::string client;  // the card that stays
};
[[nodiscard]] Result<std::vector<SharedBooking>> shared_bookings(const ViewSnapshot& snapshot,
                                                                 const AccountRow& account,
                                                                 const directory::OneClient& client,
                                                                 const AsOf& as_of);

}  // namespace ledger::receivables
