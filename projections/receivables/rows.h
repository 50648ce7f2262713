#pragma once

#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "events/types/adjustment.h"
#include "events/types/allocation.h"
#include "events/types/calendar.h"
#include "events/types/client_terms.h"
#include "events/types/collection.h"
#include "events/types/contract.h"
#include "events/types/credit.h"
#include "events/types/dispute.h"
#include "events/types/invoice.h"
#include "events/types/order.h"
#include "events/types/payment_ruling.h"
#include "events/types/rule.h"
#include "projections/receivables/bookings.h"
#include "projections/receivables/money.h"
#include "projections/said.h"

// Accounts receivable: what each client owes, since when. One row per client holds its own items,
// so the cost of an answer follows the client asked for and not the history. Rows keep what was
// said; open amounts are computed for the date and the knowledge that are asked for.
namespace ledger::receivables {

inline constexpr std::string_view kName = "receivables";
inline constexpr int kVersion = 11;

// Key: client id.
struct AccountRow {
  static constexpr char kTable = 'a';

  // First what PaidHead reads, in its order.
  std::vector<Payment> payments;
  std::vector<Said<PaymentRefunded>> refunded;
  std::vector<Said<PaymentReversed>> reversed;
  std::vector<Said<InvoiceIssued>> invoices;
  std::vector<Said<PaymentAllocated>> allocated;
  std::vector<Said<PaymentDeallocated>> deallocated;
  std::vector<Said<CreditNoteIssued>> credit_notes;
  std::vector<Said<CreditNoteApplied>> credit_applied;
  std::vector<Said<InvoiceWrittenOff>> written_off;
  std::vector<Said<InvoiceCancelled>> cancelled;
  std::vector<Conversion> converted;
  std::vector<Said<DisputeOpened>> disputes;
  std::vector<Said<DisputeClosed>> disputes_closed;
  std::vector<Said<PromiseToPayMade>> promises;
  std::vector<Told<DunningSent>> dunning;
  std::vector<Said<CreditLimitSet>> limits;
  std::vector<Said<ShipmentStopped>> stops;
  std::vector<Said<ShipmentReleased>> releases;
  std::vector<Said<OrderPlaced>> orders;
  std::vector<Said<OrderClosed>> orders_closed;
  std::vector<Offset> offsets;
  std::vector<Said<ClientTermsSet>> terms;
  std::vector<Said<ContractSigned>> contracts;
  std::vector<Said<DeliveryMade>> deliveries;
  std::vector<Said<DocumentReturned>> returned;
  std::vector<Told<DunningDeliveryChanged>> dunning_delivery;
  std::vector<Said<PaymentAllocationRejected>> allocation_rejected;
  std::vector<Advance> advances;
  // Not of the row: what was set of the days on which it may fall due, by account_of().
  std::vector<Said<CalendarDaySet>> days_set = {};
  // Nor these, likewise.
  std::vector<SharedBooking> shared = {};
  std::vector<Said<RulePublished>> rules = {};  // by which it is followed up (credit_rule.h)

  static void fields(auto&& field) {
    field("payments", &AccountRow::payments);
    field("refunded", &AccountRow::refunded);
    field("reversed", &AccountRow::reversed);
    field("invoices", &AccountRow::invoices);
    field("allocated", &AccountRow::allocated);
    field("deallocated", &AccountRow::deallocated);
    field("credit_notes", &AccountRow::credit_notes);
    field("credit_applied", &AccountRow::credit_applied);
    field("written_off", &AccountRow::written_off);
    field("cancelled", &AccountRow::cancelled);
    field("converted", &AccountRow::converted);
    field("disputes", &AccountRow::disputes);
    field("disputes_closed", &AccountRow::disputes_closed);
    field("promises", &AccountRow::promises);
    field("dunning", &AccountRow::dunning);
    field("limits", &AccountRow::limits);
    field("stops", &AccountRow::stops);
    field("releases", &AccountRow::releases);
    field("orders", &AccountRow::orders);
    field("orders_closed", &AccountRow::orders_closed);
    field("offsets", &AccountRow::offsets);
    field("terms", &AccountRow::terms);
    field("contracts", &AccountRow::contracts);
    field("deliveries", &AccountRow::deliveries);
    field("returned", &AccountRow::returned);
    field("dunning_delivery", &AccountRow::dunning_delivery);
    field("allocation_rejected", &AccountRow::allocation_rejected);
    field("advances", &AccountRow::advances);
  }
  [[nodiscard]] bool empty() const { return all_empty(*this); }
};

// How an account's row begins: what the client paid. Read without the rest of it where a question
// goes through all clients (client_class).
struct PaidHead {
  std::vector<Payment> payments;
  std::vector<Said<PaymentRefunded>> refunded;
  std::vector<Said<PaymentReversed>> reversed;

  static void fields(auto&& field) {
    field("payments", &PaidHead::payments);
    field("refunded", &PaidHead::refunded);
    field("reversed", &PaidHead::reversed);
  }
};

// Whether one thing was said before another. Offsets tell it within a partition; the cards of one
// client may lie in two, then the times of recording do.
[[nodiscard]] bool said_before(const auto& one, const auto& other) {
  if (one.position.partition == other.position.partition) return one.position < other.position;
  return std::tie(one.known.recorded, one.position) <
         std::tie(other.known.recorded, other.position);
}

}  // namespace ledger::receivables
