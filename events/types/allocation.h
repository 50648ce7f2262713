#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "events/checks.h"
#include "events/fields.h"
#include "events/ids.h"
#include "events/money.h"
#include "platform/clock.h"

namespace ledger {

// In the order in which money finds its debt (domain-semantics.md 4b).
enum class AllocationMethod { kNamedInvoice, kPerson, kContractFifo, kFifo };
constexpr auto names(AllocationMethod) {
  return words("named_invoice", "person", "contract_fifo", "fifo");
}

// So much of a payment pays so much of an invoice. Said by a person or by a rule, and never decided
// again (domain-semantics.md 4b).
struct PaymentAllocated {
  static constexpr std::string_view kName = "payment.allocated";
  static constexpr int kVersion = 1;

  ClientId client_id;          // The client
  std::string payment_source;  // CloudEvents source of the payment
  std::string payment_id;      // CloudEvents id of the payment within its source
  InvoiceId invoice_id;        // The invoice
  Money amount;                // How much of it
  Date effective_on;           // The later of payment and invoice, never the day of the click
  AllocationMethod method{};   // Who or what decided
  std::optional<std::string> rule_version;  // Version of the rule that decided
  std::optional<ManagerId> manager_id;      // The manager who did it

  static void fields(auto&& field) {
    field("client_id", &PaymentAllocated::client_id);
    field("payment_source", &PaymentAllocated::payment_source);
    field("payment_id", &PaymentAllocated::payment_id);
    field("invoice_id", &PaymentAllocated::invoice_id);
    field("amount", &PaymentAllocated::amount);
    field("effective_on", &PaymentAllocated::effective_on);
    field("method", &PaymentAllocated::method);
    field("rule_version", &PaymentAllocated::rule_version);
    field("manager_id", &PaymentAllocated::manager_id);
  }
  [[nodiscard]] Status validate() const { return check_positive(amount, "amount.amount_minor"); }
  bool operator==(const PaymentAllocated&) const = default;
};

// An allocation was undone: the money is free again, the invoice open.
struct PaymentDeallocated {
  static constexpr std::string_view kName = "payment.deallocated";
  static constexpr int kVersion = 1;

  ClientId client_id;                   // The client
  std::string payment_source;           // CloudEvents source of the payment
  std::string payment_id;               // CloudEvents id of the payment within its source
  InvoiceId invoice_id;                 // The invoice
  std::string reason;                   // Why, in words
  std::optional<ManagerId> manager_id;  // The manager who did it

  static void fields(auto&& field) {
    field("client_id", &PaymentDeallocated::client_id);
    field("payment_source", &PaymentDeallocated::payment_source);
    field("payment_id", &PaymentDeallocated::payment_id);
    field("invoice_id", &PaymentDeallocated::invoice_id);
    field("reason", &PaymentDeallocated::reason);
    field("manager_id", &PaymentDeallocated::manager_id);
  }
  bool operator==(const PaymentDeallocated&) const = default;
};

// Money that paid nothing went back to the client.
struct PaymentRefunded {
  static constexpr std::string_view kName = "payment.refunded";
  static constexpr int kVersion = 1;

  ClientId client_id;                 // The client
  std::string payment_source;         // CloudEvents source of the payment
  std::string payment_id;             // CloudEvents id of the payment within its source
  Money amount;                       // How much
  Date refunded_on;                   // The day
  std::optional<std::string> reason;  // Why, in words

  static void fields(auto&& field) {
    field("client_id", &PaymentRefunded::client_id);
    field("payment_source", &PaymentRefunded::payment_source);
    field("payment_id", &PaymentRefunded::payment_id);
    field("amount", &PaymentRefunded::amount);
    field("refunded_on", &PaymentRefunded::refunded_on);
    field("reason", &PaymentRefunded::reason);
  }
  [[nodiscard]] Status validate() const { return check_positive(amount, "amount.amount_minor"); }
  bool operator==(const PaymentRefunded&) const = default;
};

// The bank took a payment back: from that day the invoices that it paid are open again.
struct PaymentReversed {
  static constexpr std::string_view kName = "payment.reversed";
  static constexpr int kVersion = 1;

  ClientId client_id;                 // The client
  std::string payment_source;         // CloudEvents source of the payment
  std::string payment_id;             // CloudEvents id of the payment within its source
  Date reversed_on;                   // The day
  std::optional<std::string> reason;  // Why, in words

  static void fields(auto&& field) {
    field("client_id", &PaymentReversed::client_id);
    field("payment_source", &PaymentReversed::payment_source);
    field("payment_id", &PaymentReversed::payment_id);
    field("reversed_on", &PaymentReversed::reversed_on);
    field("reason", &PaymentReversed::reason);
  }
  bool operator==(const PaymentReversed&) const = default;
};

}  // namespace ledger
