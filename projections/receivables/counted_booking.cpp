#include "projections/receivables/counted_booking.h"

#include <algorithm>
#include <utility>

#include "projections/directory/one_client.h"
#include "projections/receivables/owners.h"
#include "projections/store/view_batch.h"

namespace ledger::receivables {

Result<std::optional<CountedBooking>> counted_booking(const ViewSnapshot& snapshot,
                                                      const Booking& booking, const AsOf& as_of) {
  const auto key = booking_key(booking.our_account, booking.reference, booking.amount);
  if (key.empty()) return std::nullopt;
  LEDGER_TRY(const auto row, read_row<BookingOwners>(snapshot, family_of(kName, kVersion), key));
  if (!row) return std::nullopt;
  const auto counts = [&](const Owner& owner) { return as_of.sees(owner.known, owner.on); };
  const auto is_itself = [&](const Owner& owner) {
    return owner.source == booking.source && owner.id == booking.id;
  };
  const auto own = std::find_if(row->owners.begin(), row->owners.end(), [&](const Owner& owner) {
    return is_itself(owner) && counts(owner);
  });
  const Owner* first = nullptr;
  for (const auto& owner : row->owners) {
    if (is_itself(owner) || !counts(owner)) continue;
    if (!Bookings::near(owner.on, booking.booked_on)) continue;
    if (own != row->owners.end() && !said_before(owner, *own)) continue;
    if (first == nullptr || said_before(owner, *first)) first = &owner;
  }
  if (first == nullptr) return std::nullopt;
  LEDGER_TRY(auto client, directory::survivor_of(snapshot, first->client_id, as_of.known_at));
  return CountedBooking{*first, std::move(client)};
}

}  // namespace ledger::receivables
