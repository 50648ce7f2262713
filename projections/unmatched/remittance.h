#pragma once

#include <string>
#include <vector>

#include "events/ids.h"
#include "events/money.h"
#include "platform/clock.h"

namespace ledger::unmatched {

// What a payer wrote, and how much he sent: what else could tell whose a payment is.
struct Remittance {
  std::string payer_name;
  std::string purpose;
  Money amount;
  Date booked_on;
  std::vector<InvoiceId> invoice_ids;  // that the payer named, as its bank reads them
  std::string our_account;             // with the reference: which booking of the bank it is
  std::string bank_reference;

  static void fields(auto&& field) {
    field("payer_name", &Remittance::payer_name);
    field("purpose", &Remittance::purpose);
    field("amount", &Remittance::amount);
    field("booked_on", &Remittance::booked_on);
    field("invoice_ids", &Remittance::invoice_ids);
    field("our_account", &Remittance::our_account);
    field("bank_reference", &Remittance::bank_reference);
  }
};

}  // namespace ledger::unmatched
