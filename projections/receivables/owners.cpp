#include "projections/receivables/owners.h"

#include <fmt/format.h>

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

Result<std::optional<std::string>> other_owner(const ViewSnapshot& snapshot,
                                               const InvoiceId& invoice,
                                               const std::string& client) {
  LEDGER_TRY(const auto row, read_row<InvoiceOwners>(snapshot, family(), invoice.text()));
  std::optional<std::string> other;
  if (!row) return other;
  for (const auto& owner : row->owners) {
    if (owner.known.taken_back) continue;
    LEDGER_TRY(auto survivor, directory::survivor_of(snapshot, owner.client_id, std::nullopt));
    if (survivor == client) return std::nullopt;
    other = std::move(survivor);
  }
  return other;
}

Result<std::vector<SharedBooking>> shared_bookings(const ViewSnapshot& snapshot,
                                                   const AccountRow& account,
                                                   const directory::OneClient& client,
                                                   const AsOf& as_of) {
  std::vector<SharedBooking> found;
  for (const auto& payment : account.payments) {
    if (!as_of.sees(payment.known, payment.booked_on)) continue;
    const auto key = booking_key(payment.our_account, payment.bank_reference, payment.amount);
    if (key.empty()) continue;
    LEDGER_TRY(const auto row, read_row<BookingOwners>(snapshot, family(), key));
    if (!row) continue;
    for (const auto& owner : row->owners) {
      if (!as_of.sees(owner.known, owner.on) || !Bookings::near(owner.on, payment.booked_on)) {
        continue;
      }
      LEDGER_TRY(auto survivor, directory::survivor_of(snapshot, owner.client_id, as_of.known_at));
      if (survivor == client.survivor || owner.position == payment.position) continue;
      found.push_back({&payment, owner, std::move(survivor)});
    }
  }
  return found;
}

}  // namespace ledger::receivables
