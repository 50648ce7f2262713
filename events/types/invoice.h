#pragma once

#include <optional>
#include <string>

#include "events/fields.h"
#include "events/ids.h"
#include "events/money.h"
#include "platform/clock.h"

namespace ledger {

// The client owes an amount from issued_on, to be paid by due_on (included).
struct InvoiceIssued {
  static constexpr std::string_view kName = "invoice.issued";
  static constexpr int kVersion = 1;

  InvoiceId invoice_id;
  std::string number;
  ClientId client_id;
  Date issued_on;
  Date due_on;
  Money amount;
  std::optional<ContractId> contract_id;
  std::optional<ManagerId> manager_id;

  static void fields(auto&& field) {
    field("invoice_id", &InvoiceIssued::invoice_id);
    field("number", &InvoiceIssued::number);
    field("client_id", &InvoiceIssued::client_id);
    field("issued_on", &InvoiceIssued::issued_on);
    field("due_on", &InvoiceIssued::due_on);
    field("amount", &InvoiceIssued::amount);
    field("contract_id", &InvoiceIssued::contract_id);
    field("manager_id", &InvoiceIssued::manager_id);
  }
  [[nodiscard]] Status validate() const {
    if (amount.amount_minor <= 0) {
      return fail(ErrorCode::kOutOfRange, "an invoice is for more than nothing",
                  "amount.amount_minor");
    }
    if (due_on < issued_on) {
      return fail(ErrorCode::kInvalidField, "an invoice cannot be due before it is issued",
                  "due_on");
    }
    return {};
  }
  bool operator==(const InvoiceIssued&) const = default;
};

}  // namespace ledger
