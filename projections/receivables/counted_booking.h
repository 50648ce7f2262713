#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "events/money.h"
#include "projections/receivables/bookings.h"
#include "projections/store/view_store.h"

// Whether money that is told of is known already, by another source.
namespace ledger::receivables {

// A booking of the bank as a payment tells it.
struct Booking {
  std::string_view our_account;
  std::string_view reference;
  const Money& amount;
  Date booked_on;
  std::string_view source;
  std::string_view id;
};
struct CountedBooking {
  Owner payment;
  std::string client;  // the card that stays
};
// The payment of a client, another one, that counts for a booking by what was told by then: the one
// by which it was told first. nullopt: nobody's yet, or it is this one that counts.
[[nodiscard]] Result<std::optional<CountedBooking>> counted_booking(const ViewSnapshot& snapshot,
                                                                    const Booking& booking,
                                                                    const AsOf& as_of);

}  // namespace ledger::receivables
