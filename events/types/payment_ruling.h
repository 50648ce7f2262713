#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "events/fields.h"
#include "events/ids.h"

// What a person says of money that waits: that it is no client's at all, or that it does not pay an
// invoice which was proposed for it.
namespace ledger {

// What money is that no client paid.
enum class MoneyNature { kSupplierRefund, kOwnTransfer, kBank, kTax, kLoan, kOther };
constexpr auto names(MoneyNature) {
  return words("supplier_refund", "own_transfer", "bank", "tax", "loan", "other");
}

// A payment that waits for its client is no client's: a supplier's refund, a transfer between our
// own accounts, the bank's interest. It waits no more and nobody is proposed for it; voided, it was
// never said. Lies where the payment does.
struct PaymentRuledOut {
  static constexpr std::string_view kName = "payment.ruled_out";
  static constexpr int kVersion = 1;

  std::string target_source;  // Source of the waiting payment
  std::string target_id;      // Id of the waiting payment within its source
  MoneyNature nature{};       // What the money is
  ManagerId manager_id;       // The manager who said so
  std::string reason;         // Why, for the auditor

  static void fields(auto&& field) {
    field("target_source", &PaymentRuledOut::target_source);
    field("target_id", &PaymentRuledOut::target_id);
    field("nature", &PaymentRuledOut::nature);
    field("manager_id", &PaymentRuledOut::manager_id);
    field("reason", &PaymentRuledOut::reason);
  }
  bool operator==(const PaymentRuledOut&) const = default;
};

// A person looked at a client's free money and an open invoice of his, and the one does not pay the
// other: it is not proposed again and no rule allocates it. A person still may. What was allocated
// already stays (payment.deallocated undoes it); voided, it was never said.
struct PaymentAllocationRejected {
  static constexpr std::string_view kName = "payment.allocation_rejected";
  static constexpr int kVersion = 1;

  ClientId client_id;                   // The client
  std::string payment_source;           // CloudEvents source of the payment
  std::string payment_id;               // CloudEvents id of the payment within its source
  InvoiceId invoice_id;                 // The invoice
  std::string reason;                   // Why, for the auditor
  std::optional<ManagerId> manager_id;  // The manager who said so

  static void fields(auto&& field) {
    field("client_id", &PaymentAllocationRejected::client_id);
    field("payment_source", &PaymentAllocationRejected::payment_source);
    field("payment_id", &PaymentAllocationRejected::payment_id);
    field("invoice_id", &PaymentAllocationRejected::invoice_id);
    field("reason", &PaymentAllocationRejected::reason);
    field("manager_id", &PaymentAllocationRejected::manager_id);
  }
  bool operator==(const PaymentAllocationRejected&) const = default;
};

}  // namespace ledger
