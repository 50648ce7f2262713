#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/checks.h"
#include "events/fields.h"
#include "events/ids.h"
#include "events/money.h"
#include "platform/clock.h"

namespace ledger {

// What an invoice asks for besides the price: a charge for a debt that was not paid. Interest is
// also the three per cent a year of ЦКУ 625.
enum class ChargeKind { kCosts, kInterest, kPenalty };
constexpr auto names(ChargeKind) { return words("costs", "interest", "penalty"); }

// Of what an invoice is for, so much of one product: "Фарби".
struct SoldProduct {
  std::string product;            // As plans name it (plan.set: the text of a line of turnover)
  std::int64_t amount_minor = 0;  // In the invoice's currency

  static void fields(auto&& field) {
    field("product", &SoldProduct::product);
    field("amount_minor", &SoldProduct::amount_minor);
  }
  [[nodiscard]] Status validate() const { return check_at_least(amount_minor, 1, "amount_minor"); }
  bool operator==(const SoldProduct&) const = default;
};

// The client owes an amount from issued_on, to be paid by due_on (included). Without due_on it is
// due by the terms that were agreed with the client (client.terms_set), else on issued_on.
struct InvoiceIssued {
  static constexpr std::string_view kName = "invoice.issued";
  static constexpr int kVersion = 1;

  InvoiceId invoice_id;
  std::string number;
  ClientId client_id;
  Date issued_on;
  std::optional<Date> due_on;
  Money amount;
  std::optional<ContractId> contract_id;
  std::optional<ManagerId> manager_id;
  std::optional<OrderId> order_id = {};         // the order it is for
  std::optional<DeliveryId> delivery_id = {};   // the shipment: a base of terms
  std::optional<DocumentId> document_id = {};   // the act that the client signs: likewise
  std::optional<ChargeKind> charge = {};        // absent: the price of goods or work
  std::optional<InvoiceId> charged_on_id = {};  // the invoice whose lateness a charge is for
  std::vector<SoldProduct> products = {};       // no more than the amount; the rest is not told

  static void fields(auto&& field) {
    field("invoice_id", &InvoiceIssued::invoice_id);
    field("number", &InvoiceIssued::number);
    field("client_id", &InvoiceIssued::client_id);
    field("issued_on", &InvoiceIssued::issued_on);
    field("due_on", &InvoiceIssued::due_on);
    field("amount", &InvoiceIssued::amount);
    field("contract_id", &InvoiceIssued::contract_id);
    field("manager_id", &InvoiceIssued::manager_id);
    field("order_id", &InvoiceIssued::order_id);
    field("delivery_id", &InvoiceIssued::delivery_id);
    field("document_id", &InvoiceIssued::document_id);
    field("charge", &InvoiceIssued::charge);
    field("charged_on_id", &InvoiceIssued::charged_on_id);
    field("products", &InvoiceIssued::products);
  }
  [[nodiscard]] Status validate() const {
    if (amount.amount_minor <= 0) {
      return fail(ErrorCode::kOutOfRange, "an invoice is for more than nothing",
                  "amount.amount_minor");
    }
    if (due_on && *due_on < issued_on) {
      return fail(ErrorCode::kInvalidField, "an invoice cannot be due before it is issued",
                  "due_on");
    }
    if (charged_on_id && !charge) {
      return fail(ErrorCode::kMissingField, "what is charged on an invoice has a kind", "charge");
    }
    std::int64_t left_minor = amount.amount_minor;
    for (const auto& one : products) {
      if (one.amount_minor > left_minor) {
        return fail(ErrorCode::kInvalidField, "are for more than the invoice", "products");
      }
      left_minor -= one.amount_minor;
    }
    return {};
  }
  bool operator==(const InvoiceIssued&) const = default;
};

}  // namespace ledger
