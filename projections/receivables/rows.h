#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "events/ids.h"
#include "events/money.h"
#include "events/position.h"
#include "platform/clock.h"

// Accounts receivable: what each client owes, since when. One row per client holds its own items,
// so the cost of an answer follows the client asked for and not the history.
namespace ledger::receivables {

inline constexpr std::string_view kName = "receivables";
inline constexpr int kVersion = 1;

// Key: client id.
struct AccountRow {
  static constexpr char kTable = 'a';

  struct Invoice {
    Position position;
    InvoiceId invoice_id;
    std::string number;
    Date issued_on;
    Date due_on;
    Money amount;
    static void fields(auto&& field) {
      field("position", &Invoice::position);
      field("invoice_id", &Invoice::invoice_id);
      field("number", &Invoice::number);
      field("issued_on", &Invoice::issued_on);
      field("due_on", &Invoice::due_on);
      field("amount", &Invoice::amount);
    }
  };
  struct Payment {
    Position position;
    std::string bank_reference;
    Date booked_on;
    Money amount;
    static void fields(auto&& field) {
      field("position", &Payment::position);
      field("bank_reference", &Payment::bank_reference);
      field("booked_on", &Payment::booked_on);
      field("amount", &Payment::amount);
    }
  };

  std::vector<Invoice> invoices;
  std::vector<Payment> payments;

  static void fields(auto&& field) {
    field("invoices", &AccountRow::invoices);
    field("payments", &AccountRow::payments);
  }
  [[nodiscard]] bool empty() const { return invoices.empty() && payments.empty(); }
};

}  // namespace ledger::receivables
