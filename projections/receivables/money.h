#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "events/position.h"
#include "events/types/offset.h"
#include "projections/known.h"

// What brings money into an account: parts of its row, named by allocations by source and id.
namespace ledger::receivables {

struct Payment {
  Position position;
  Known known;
  std::string source;  // with id: by which allocations name it
  std::string id;
  std::string bank_reference;
  Date booked_on;
  Money amount;
  std::string our_account;
  std::string purpose;
  std::vector<InvoiceId> invoice_ids;  // that the payer named
  std::optional<ContractId> contract_id;
  static void fields(auto&& field) {
    field("position", &Payment::position);
    field("known", &Payment::known);
    field("source", &Payment::source);
    field("id", &Payment::id);
    field("bank_reference", &Payment::bank_reference);
    field("booked_on", &Payment::booked_on);
    field("amount", &Payment::amount);
    field("our_account", &Payment::our_account);
    field("purpose", &Payment::purpose);
    field("invoice_ids", &Payment::invoice_ids);
    field("contract_id", &Payment::contract_id);
  }
};

// What makes two deliveries one payment: the bank's reference of one booking on one account.
// Nothing where the bank gave none (ISO 20022 NOTPROVIDED, SWIFT NONREF): equal lines are two
// payments. Points into the payment.
using Booking = std::tuple<std::string_view, std::string_view, std::string_view, std::int64_t>;
[[nodiscard]] inline std::optional<Booking> booking_of(const Payment& payment) {
  if (payment.bank_reference.empty() || payment.bank_reference == "NOTPROVIDED" ||
      payment.bank_reference == "NONREF") {
    return std::nullopt;
  }
  return Booking(payment.our_account, payment.bank_reference, payment.amount.currency.text(),
                 payment.amount.amount_minor);
}

// A conversion brings money into an account as a payment does, and is named by allocations
// likewise.
struct Conversion {
  Position position;
  Known known;
  std::string source;
  std::string id;
  Date converted_on;
  Money sold;
  Money bought;
  static void fields(auto&& field) {
    field("position", &Conversion::position);
    field("known", &Conversion::known);
    field("source", &Conversion::source);
    field("id", &Conversion::id);
    field("converted_on", &Conversion::converted_on);
    field("sold", &Conversion::sold);
    field("bought", &Conversion::bought);
  }
};

// Counter-claims that were set off come in as a payment does, and pay what they name.
struct Offset {
  Position position;
  Known known;
  std::string source;
  std::string id;
  OffsetMade data;
  static void fields(auto&& field) {
    field("position", &Offset::position);
    field("known", &Offset::known);
    field("source", &Offset::source);
    field("id", &Offset::id);
    field("data", &Offset::data);
  }
};

}  // namespace ledger::receivables
