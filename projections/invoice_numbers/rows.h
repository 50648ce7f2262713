#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "events/fields.h"
#include "events/position.h"
#include "platform/clock.h"
#include "projections/known.h"

// Invoices of all clients by their numbers, so that a payer's purpose tells whose he names at the
// cost of its own words.
namespace ledger::invoice_numbers {

inline constexpr std::string_view kName = "invoice_numbers";
inline constexpr int kVersion = 1;

struct NumberedInvoice {
  Position position;
  Known known;
  std::string client_id;
  std::string invoice_id;
  std::string number;
  Date on;  // issued

  static void fields(auto&& field) {
    field("position", &NumberedInvoice::position);
    field("known", &NumberedInvoice::known);
    field("client_id", &NumberedInvoice::client_id);
    field("invoice_id", &NumberedInvoice::invoice_id);
    field("number", &NumberedInvoice::number);
    field("on", &NumberedInvoice::on);
  }
};

// Key: a number as purposes are compared with it (number_key, receivables/named_numbers.h).
struct NumberRow {
  static constexpr char kTable = 'n';
  std::vector<NumberedInvoice> invoices;

  static void fields(auto&& field) { field("invoices", &NumberRow::invoices); }
  [[nodiscard]] bool empty() const { return invoices.empty(); }
};

}  // namespace ledger::invoice_numbers
