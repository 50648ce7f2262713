#include "projections/receivables/owners.h"

#include <fmt/format.h>

#include <algorithm>

#include "projections/store/view_batch.h"

namespace ledger::receivables {

namespace {

const std::string& family() {
  static const std::string name = family_of(kName, kVersion);
  return name;
}

}  // namespace

std::string booking_key(std::string_view our_account, std::string_view reference,
                        const Money& amount) {
  const std::string folded = Bookings::folded(reference);
  if (folded.empty()) return {};
  std::string key(our_account);
  key += '\0';
  key += folded;
  key += fmt::format("{}{}{}", '\0', amount.currency.text(), amount.amount_minor);
  return key;
}

std::string booking_key(const Payment& payment) {
  return booking_key(payment.our_account, payment.bank_reference, payment.amount);
}

Result<std::optional<Owner>> other_owner(const ViewSnapshot& snapshot, const InvoiceId& invoice,
                                         const std::string& client) {
  LEDGER_TRY(const auto row, read_row<InvoiceOwners>(snapshot, family(), invoice.text()));
  std::optional<Owner> other;
  if (!row) return other;
  for (const auto& owner : row->owners) {
    if (owner.known.taken_back) continue;
    LEDGER_TRY(const auto survivor,
               directory::survivor_of(snapshot, owner.client_id, std::nullopt));
    if (survivor == client) return std::nullopt;
    other = owner;
  }
  return other;
}

Result<std::vector<SharedBooking>> shared_bookings(const ViewSnapshot& snapshot,
                                                   const AccountRow& account,
                                                   const directory::OneClient& client) {
  std::set<std::string> bookings;
  for (const auto& home : client.homes) {
    LEDGER_TRY(const auto row, read_row<SharedBookingsRow>(snapshot, family(), home));
    if (row) bookings.insert(row->bookings.begin(), row->bookings.end());
  }
  std::vector<SharedBooking> found;
  if (bookings.empty()) return found;
  for (const auto& payment : account.payments) {
    const auto key = booking_key(payment);
    if (!bookings.contains(key)) continue;
    LEDGER_TRY(const auto row, read_row<BookingOwners>(snapshot, family(), key));
    if (!row) continue;
    for (const auto& owner : row->owners) {
      if (!Bookings::near(owner.on, payment.booked_on) || owner.position == payment.position) {
        continue;
      }
      LEDGER_TRY(auto survivor, directory::survivor_of(snapshot, owner.client_id, client.known_at));
      if (survivor == client.survivor) continue;
      found.push_back({payment.position, key, owner, std::move(survivor)});
    }
  }
  return found;
}

const SharedBooking* told_before(const AccountRow& account, const Payment& payment,
                                 const AsOf& as_of) {
  const SharedBooking* first = nullptr;  // of several, all but the first wait themselves
  for (const SharedBooking& one : account.shared) {
    if (one.position != payment.position || one.booking != booking_key(payment)) continue;
    if (!as_of.sees(one.other.known, one.other.on) || !said_before(one.other, payment)) continue;
    if (first == nullptr || said_before(one.other, first->other)) first = &one;
  }
  return first;
}

Result<std::set<std::string>> sharing_cards(const ViewSnapshot& snapshot) {
  std::set<std::string> cards;
  LEDGER_CHECK(scan_rows<SharedBookingsRow>(snapshot, family(), "", "",
                                            [&](std::string_view card, const SharedBookingsRow&) {
                                              cards.emplace(card);
                                              return true;
                                            }));
  return cards;
}

Result<std::set<std::string>> cards_of(const ViewSnapshot& snapshot, const std::string& booking) {
  std::set<std::string> cards;
  if (booking.empty()) return cards;
  LEDGER_TRY(const auto row, read_row<BookingOwners>(snapshot, family(), booking));
  if (!row) return cards;
  for (const auto& owner : row->owners) cards.insert(owner.client_id);
  return cards;
}

}  // namespace ledger::receivables
