#pragma once

#include <string>
#include <vector>

#include "events/position.h"
#include "platform/clock.h"
#include "projections/known.h"

// Rows beside the accounts: an index, over all clients, of what can be one client's only.
namespace ledger::receivables {

// Whom something was told of that can be one client's only.
struct Owner {
  Position position;
  Known known;
  std::string client_id;
  std::string source;
  std::string id;
  Date on;
  static void fields(auto&& field) {
    field("position", &Owner::position);
    field("known", &Owner::known);
    field("client_id", &Owner::client_id);
    field("source", &Owner::source);
    field("id", &Owner::id);
    field("on", &Owner::on);
  }
};

// A payment that is another client's, too, by what was told: one booking of the bank. It counts
// where it was told first; there and where it waits, both are shown (owners.h).
struct SharedBooking {
  Position position;    // of this client's
  std::string booking;  // the key of the booking, by which a correction may have it no more
  Owner other;
  std::string client;  // the other's card that stays
};

// Key: invoice id ('i'), or the booking that a payment is (owners.h, 'b'). An index over all
// clients.
template <char Table>
struct OwnersRow {
  static constexpr char kTable = Table;
  std::vector<Owner> owners;
  static void fields(auto&& field) { field("owners", &OwnersRow::owners); }
  [[nodiscard]] bool empty() const { return owners.empty(); }
};
using InvoiceOwners = OwnersRow<'i'>;
using BookingOwners = OwnersRow<'b'>;

// Key: client id, of whom a booking was told that was told of others, too; kept also where that was
// taken back.
struct SharedBookingsRow {
  static constexpr char kTable = 's';
  std::vector<std::string> bookings;  // their keys, sorted
  static void fields(auto&& field) { field("bookings", &SharedBookingsRow::bookings); }
  [[nodiscard]] bool empty() const { return bookings.empty(); }
};

}  // namespace ledger::receivables
