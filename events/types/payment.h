#pragma once

#include <optional>
#include <string>
#include <vector>

#include "events/fields.h"
#include "events/identifiers.h"
#include "events/ids.h"
#include "events/money.h"
#include "platform/clock.h"

namespace ledger {

// Money arrived on our account (ISO 20022: a booked credit entry). Outgoing money never is one.
struct PaymentReceived {
  static constexpr std::string_view kName = "payment.received";
  static constexpr int kVersion = 1;

  // Of the bank's booking: the same amount under the same reference of the same account is one
  // payment, however often it is told. "NOTPROVIDED" and "NONREF" are no references; two equal
  // amounts are two payments.
  std::string bank_reference;
  std::string our_account;
  Money amount;
  Date booked_on;
  std::optional<Date> value_on;
  std::optional<std::string> payer_name;
  std::optional<TaxCode> payer_tax_code;
  std::optional<Iban> payer_iban;
  std::optional<std::string> purpose;
  std::optional<ClientId> client_id;
  std::vector<InvoiceId> invoice_ids = {};     // what the payer named, in this order
  std::optional<ContractId> contract_id = {};  // likewise

  static void fields(auto&& field) {
    field("bank_reference", &PaymentReceived::bank_reference);
    field("our_account", &PaymentReceived::our_account);
    field("amount", &PaymentReceived::amount);
    field("booked_on", &PaymentReceived::booked_on);
    field("value_on", &PaymentReceived::value_on);
    field("payer_name", &PaymentReceived::payer_name, personal);
    field("payer_tax_code", &PaymentReceived::payer_tax_code, personal);
    field("payer_iban", &PaymentReceived::payer_iban, personal);
    field("purpose", &PaymentReceived::purpose, personal);
    field("client_id", &PaymentReceived::client_id);
    field("invoice_ids", &PaymentReceived::invoice_ids);
    field("contract_id", &PaymentReceived::contract_id);
  }
  [[nodiscard]] Status validate() const {
    if (amount.amount_minor <= 0) {
      return fail(ErrorCode::kOutOfRange, "a payment is of more than nothing",
                  "amount.amount_minor");
    }
    return {};
  }
  bool operator==(const PaymentReceived&) const = default;
};

}  // namespace ledger
