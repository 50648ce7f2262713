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

// A client ordered; a changed or reopened order is placed again under its id.
struct OrderPlaced {
  static constexpr std::string_view kName = "order.placed";
  static constexpr int kVersion = 1;

  OrderId order_id;                     // Of the order
  ClientId client_id;                   // The client
  std::optional<ManagerId> manager_id;  // The manager who did it
  Date placed_on;                       // The day
  Money amount;                         // Of the whole order
  bool prepaid = false;                 // Whether it is shipped only after payment

  static void fields(auto&& field) {
    field("order_id", &OrderPlaced::order_id);
    field("client_id", &OrderPlaced::client_id);
    field("manager_id", &OrderPlaced::manager_id);
    field("placed_on", &OrderPlaced::placed_on);
    field("amount", &OrderPlaced::amount);
    field("prepaid", &OrderPlaced::prepaid);
  }
  [[nodiscard]] Status validate() const { return check_positive(amount, "amount.amount_minor"); }
  bool operator==(const OrderPlaced&) const = default;
};

// Nothing more will be shipped for an order.
struct OrderClosed {
  static constexpr std::string_view kName = "order.closed";
  static constexpr int kVersion = 1;

  OrderId order_id;                   // Of the order
  ClientId client_id;                 // The client
  Date closed_on;                     // The day
  std::optional<std::string> reason;  // Why, in words

  static void fields(auto&& field) {
    field("order_id", &OrderClosed::order_id);
    field("client_id", &OrderClosed::client_id);
    field("closed_on", &OrderClosed::closed_on);
    field("reason", &OrderClosed::reason);
  }
  bool operator==(const OrderClosed&) const = default;
};

// Goods reached the client (article: control of supply).
struct DeliveryMade {
  static constexpr std::string_view kName = "delivery.made";
  static constexpr int kVersion = 1;

  DeliveryId delivery_id;                 // Of the delivery
  ClientId client_id;                     // The client
  Date delivered_on;                      // The day
  std::optional<OrderId> order_id;        // Of the order
  std::optional<Date> promised_on;        // The day that was agreed
  std::optional<Money> amount;            // Of the goods
  std::optional<std::string> department;  // Through whose fault it was late

  static void fields(auto&& field) {
    field("delivery_id", &DeliveryMade::delivery_id);
    field("client_id", &DeliveryMade::client_id);
    field("delivered_on", &DeliveryMade::delivered_on);
    field("order_id", &DeliveryMade::order_id);
    field("promised_on", &DeliveryMade::promised_on);
    field("amount", &DeliveryMade::amount);
    field("department", &DeliveryMade::department);
  }
  bool operator==(const DeliveryMade&) const = default;
};

enum class DocumentKind { kDeliveryNote, kCompletionAct, kTaxInvoice, kPowerOfAttorney, kOther };
constexpr auto names(DocumentKind) {
  return words("delivery_note", "completion_act", "tax_invoice", "power_of_attorney", "other");
}

// A paper that the client has to sign or to keep.
struct DocumentIssued {
  static constexpr std::string_view kName = "document.issued";
  static constexpr int kVersion = 1;

  DocumentId document_id;  // Of the paper
  ClientId client_id;      // The client
  DocumentKind kind{};     // What it is
  std::string number;      // On the paper
  Date issued_on;          // The day
  // The deal that it goes with: one delivery, else all deliveries of an order.
  std::optional<OrderId> order_id = {};        // The order
  std::optional<DeliveryId> delivery_id = {};  // The delivery

  static void fields(auto&& field) {
    field("document_id", &DocumentIssued::document_id);
    field("client_id", &DocumentIssued::client_id);
    field("kind", &DocumentIssued::kind);
    field("number", &DocumentIssued::number);
    field("issued_on", &DocumentIssued::issued_on);
    field("order_id", &DocumentIssued::order_id);
    field("delivery_id", &DocumentIssued::delivery_id);
  }
  bool operator==(const DocumentIssued&) const = default;
};

// The client's signed copy came back.
struct DocumentReturned {
  static constexpr std::string_view kName = "document.returned";
  static constexpr int kVersion = 1;

  DocumentId document_id;  // Of the paper
  ClientId client_id;      // The client
  Date returned_on;        // The day

  static void fields(auto&& field) {
    field("document_id", &DocumentReturned::document_id);
    field("client_id", &DocumentReturned::client_id);
    field("returned_on", &DocumentReturned::returned_on);
  }
  bool operator==(const DocumentReturned&) const = default;
};

}  // namespace ledger
