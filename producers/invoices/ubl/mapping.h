#pragma once

#include <string_view>

#include "producers/invoices/issued.h"
#include "producers/mapping.h"

namespace ledger::invoices {

// One UBL 2.x Invoice or CreditNote (OASIS; also what EN 16931 and Peppol make of it) that the
// house has issued, as invoice.issued or credit_note.issued.
//
// number = ID; amount = LegalMonetaryTotal/PayableAmount with its currencyID; due = DueDate, else
// PaymentMeans/PaymentDueDate. The client is the id that we gave him (SupplierAssignedAccountID),
// else who has the code of the customer's legal entity, tax scheme ("UA" before it is left out) or
// identification. The id is that of number and year; a credit note names its invoice by
// BillingReference's number and day.
//
// Refused, with the field: a type of invoice that asks for no money or changes another one
// (InvoiceTypeCode other than 380, 326, 386 and 393), a customer of nobody, what is missing,
// another document (kUnknownType), no XML (kMalformed).
//
// As pure as settings.client_of is.
[[nodiscard]] Mapped map_ubl(std::string_view xml, const Settings& settings);

}  // namespace ledger::invoices
