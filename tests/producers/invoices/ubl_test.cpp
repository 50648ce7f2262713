// Goal: an invoice or credit note of ours in UBL becomes what its client owes, and what is none, or
// of nobody, is refused by field. Method: one document, one part of it at a time.
#include <fmt/format.h>

#include "platform/utf8.h"
#include "producers/invoices/ubl/mapping.h"
#include "tests/producers/invoices/known_clients.h"
#include "tests/support/catch.h"

using namespace ledger;
using namespace ledger::testing;

namespace {

struct Document {
  std::string kind = "Invoice";
  std::string head =
      "<cbc:ID>501/26</cbc:ID><cbc:IssueDate>2026-11-24</cbc:IssueDate>"
      "<cbc:DueDate>2026-12-08</cbc:DueDate>"
      "<cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>";
  std::string customer =
      "<cac:Party><cac:PartyLegalEntity><cbc:CompanyID>32855961</cbc:CompanyID>"
      "</cac:PartyLegalEntity></cac:Party>";
  std::string total = "<cbc:PayableAmount currencyID=\"UAH\">1000.00</cbc:PayableAmount>";
};
Mapped map(const Document& document) {
  const std::string common = "urn:oasis:names:specification:ubl:schema:xsd:";
  return invoices::map_ubl(
      fmt::format("<?xml version=\"1.0\"?><{0} xmlns=\"{1}{0}-2\" "
                  "xmlns:cac=\"{1}CommonAggregateComponents-2\" "
                  "xmlns:cbc=\"{1}CommonBasicComponents-2\">{2}"
                  "<cac:AccountingCustomerParty>{3}</cac:AccountingCustomerParty>"
                  "<cac:LegalMonetaryTotal>{4}</cac:LegalMonetaryTotal></{0}>",
                  document.kind, common, document.head, document.customer, document.total),
      known_clients());
}
void refused(const Mapped& mapped, std::string_view field) {
  CHECK(mapped.events.empty());
  REQUIRE(mapped.refused.size() == 1);
  CHECK(mapped.refused[0].error.field == field);
}

}  // namespace

TEST_CASE("ubl: an invoice is issued to the client who has the code", "[producers]") {
  const auto mapped = map({});
  REQUIRE(mapped.refused.empty());
  REQUIRE(mapped.events.size() == 1);
  CHECK(mapped.events[0].id == "501/26/2026");
  const auto& invoice = *mapped.events[0].data.get_if<InvoiceIssued>();
  CHECK(invoice.number == "501/26");
  CHECK(invoice.client_id.text() == "c-1");
  CHECK(invoice.amount.amount_minor == 100000);
  CHECK(format_date(invoice.issued_on) == "2026-11-24");
  CHECK(format_date(*invoice.due_on) == "2026-12-08");
}

TEST_CASE("ubl: our own id of the client goes before any code", "[producers]") {
  Document document;
  document.customer =
      "<cbc:SupplierAssignedAccountID>c-7</cbc:SupplierAssignedAccountID>" + document.customer;
  const auto mapped = map(document);
  REQUIRE(mapped.events.size() == 1);
  CHECK(mapped.events[0].data.get_if<InvoiceIssued>()->client_id.text() == "c-7");
}

TEST_CASE("ubl: another code of the customer is tried where nobody has the first", "[producers]") {
  Document document;
  const auto codes = [&](std::string_view legal, std::string_view tax) {
    document.customer = fmt::format(
        "<cac:Party><cac:PartyTaxScheme><cbc:CompanyID>{}</cbc:CompanyID></cac:PartyTaxScheme>"
        "<cac:PartyLegalEntity><cbc:CompanyID>{}</cbc:CompanyID></cac:PartyLegalEntity>"
        "</cac:Party>",
        tax, legal);
    return map(document);
  };
  CHECK(codes("87654321", "UA32855961").events.size() == 1);
  refused(codes("12345678", "UA32855961"), "AccountingCustomerParty");
  refused(codes("87654321", "123456789012"), "AccountingCustomerParty");
  refused(codes("", ""), "AccountingCustomerParty");
}

TEST_CASE("ubl: a credit note names its invoice by number and day", "[producers]") {
  Document document;
  document.kind = "CreditNote";
  document.head =
      "<cbc:ID>K-1</cbc:ID><cbc:IssueDate>2026-11-25</cbc:IssueDate><cbc:Note>повернення</cbc:Note>"
      "<cac:BillingReference><cac:InvoiceDocumentReference><cbc:ID>501/26</cbc:ID>"
      "<cbc:IssueDate>2026-11-24</cbc:IssueDate></cac:InvoiceDocumentReference>"
      "</cac:BillingReference>";
  const auto mapped = map(document);
  REQUIRE(mapped.refused.empty());
  REQUIRE(mapped.events.size() == 1);
  CHECK(mapped.events[0].id == "credit-note/K-1/2026");
  const auto& note = *mapped.events[0].data.get_if<CreditNoteIssued>();
  CHECK(note.invoice_id->text() == "501/26/2026");
  CHECK(note.amount.amount_minor == 100000);
  CHECK(note.reason == "повернення");
}

TEST_CASE("ubl: what is missing or asks for no money is refused by field", "[producers]") {
  Document document;
  document.head =
      "<cbc:ID>1</cbc:ID><cbc:IssueDate>2026-11-24</cbc:IssueDate>"
      "<cbc:InvoiceTypeCode>325</cbc:InvoiceTypeCode>";
  refused(map(document), "InvoiceTypeCode");
  document.head = "<cbc:IssueDate>2026-11-24</cbc:IssueDate>";
  refused(map(document), "ID");
  document.head = "<cbc:ID>1</cbc:ID>";
  refused(map(document), "IssueDate");
  // Quoted between characters, or the answer would be no text.
  document.head = "<cbc:ID>1</cbc:ID><cbc:IssueDate>2026)-11-ерн24</cbc:IssueDate>";
  CHECK(is_valid_utf8(map(document).refused.at(0).error.message));
  document = {};
  document.total = "";
  refused(map(document), "LegalMonetaryTotal/PayableAmount");
  document.total = "<cbc:PayableAmount currencyID=\"UAH\">1,5</cbc:PayableAmount>";
  refused(map(document), "LegalMonetaryTotal/PayableAmount");
  document.total = "<cbc:PayableAmount currencyID=\"UAH\">-5.00</cbc:PayableAmount>";
  refused(map(document), "amount.amount_minor");
  document = {.kind = "Order"};
  CHECK(map(document).refused.at(0).error.code == ErrorCode::kUnknownType);
  CHECK(invoices::map_ubl("<a", known_clients()).refused.at(0).error.code == ErrorCode::kMalformed);
}
