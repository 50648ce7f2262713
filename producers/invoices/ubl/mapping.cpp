#include "producers/invoices/ubl/mapping.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "platform/utf8.h"
#include "platform/xml_tree.h"

namespace ledger::invoices {

namespace {

using xml::Element;

constexpr std::string_view kInvoice = "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2";
constexpr std::string_view kCreditNote =
    "urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2";
constexpr std::string_view kBasic =
    "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2";
constexpr std::string_view kAggregate =
    "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2";
// UNTDID 1001: commercial, partial, prepayment, factored invoice.
constexpr std::array<std::string_view, 4> kTypes{"380", "326", "386", "393"};

// A path whose last element is basic and all before it are aggregates, as UBL has it.
std::string path(std::string_view names) {
  std::string whole;
  while (true) {
    const std::size_t slash = names.find('/');
    const bool last = slash == std::string_view::npos;
    whole += xml::name_in(last ? kBasic : kAggregate, names.substr(0, slash));
    if (last) return whole;
    whole += '/';
    names.remove_prefix(slash + 1);
  }
}

std::string_view text_at(const Element& element, std::string_view names) {
  return element.text_at(path(names));
}

Result<Date> date_at(const Element& element, std::string_view names) {
  const std::string_view text = text_at(element, names);
  if (text.empty()) return fail(ErrorCode::kMissingField, "is required", std::string(names));
  // A zone may stand behind the day ("2026-11-24+02:00"), which is the day on the paper all the
  // same.
  auto date = parse_date(excerpt(text, 10));
  if (!date) return fail(date.error().code, date.error().message, std::string(names));
  return date;
}

Result<Money> payable(const Element& root) {
  constexpr std::string_view kField = "LegalMonetaryTotal/PayableAmount";
  const auto* amount = root.find(path(kField));
  if (amount == nullptr) {
    return fail(ErrorCode::kMissingField, "is required", std::string(kField));
  }
  const auto named = [&](const Error& error) {
    return fail(error.code, error.message, std::string(kField));
  };
  const auto currency = Currency::parse(amount->attribute("currencyID"));
  if (!currency) return named(currency.error());
  auto money = parse_decimal(amount->text, *currency);
  if (!money) return named(money.error());
  return money;
}

// Every code that the customer is told by, in the order in which they are to be believed.
std::vector<std::string> codes_of(const Element& customer) {
  std::vector<std::string> codes;
  for (const std::string_view where :
       {"Party/PartyLegalEntity/CompanyID", "Party/PartyTaxScheme/CompanyID",
        "Party/PartyIdentification/ID"}) {
    std::string_view code = text_at(customer, where);
    if (code.starts_with("UA")) code.remove_prefix(2);
    if (TaxCode::parse(code)) codes.emplace_back(code);
  }
  return codes;
}

Result<ClientId> customer_of(const Element& root, const Settings& settings) {
  constexpr std::string_view kField = "AccountingCustomerParty";
  const auto* customer = root.find(xml::name_in(kAggregate, kField));
  if (customer == nullptr) {
    return fail(ErrorCode::kMissingField, "is required", std::string(kField));
  }
  if (const auto ours = text_at(*customer, "SupplierAssignedAccountID"); !ours.empty()) {
    auto id = ClientId::parse(ours);
    if (!id) return fail(id.error().code, id.error().message, "SupplierAssignedAccountID");
    return id;
  }
  const auto codes = codes_of(*customer);
  if (codes.empty()) {
    return fail(ErrorCode::kMissingField,
                "has neither our id of the client (SupplierAssignedAccountID) nor an EDRPOU or "
                "RNOKPP",
                std::string(kField));
  }
  // A VAT payer's tax number is another code of the same company: the next one may be on the card.
  auto client = client_of_code(settings, codes.front(), std::string(kField));
  for (std::size_t i = 1; i < codes.size() && !client; ++i) {
    if (client.error().code != ErrorCode::kNotFound) break;
    auto other = client_of_code(settings, codes[i], std::string(kField));
    if (other || other.error().code != ErrorCode::kNotFound) client = std::move(other);
  }
  return client;
}

struct Paper {
  std::string number;
  Date issued_on;
  Money amount;
  ClientId client;
};
Result<Paper> paper_of(const Element& root, const Settings& settings) {
  Paper paper;
  paper.number = text_at(root, "ID");
  if (paper.number.empty()) return fail(ErrorCode::kMissingField, "is required", "ID");
  LEDGER_TRY(paper.issued_on, date_at(root, "IssueDate"));
  LEDGER_TRY(paper.amount, payable(root));
  LEDGER_TRY(paper.client, customer_of(root, settings));
  return paper;
}

Result<InvoiceIssued> invoice_of(const Element& root, const Settings& settings) {
  const std::string_view type = text_at(root, "InvoiceTypeCode");
  if (!type.empty() && std::find(kTypes.begin(), kTypes.end(), type) == kTypes.end()) {
    return fail(ErrorCode::kInvalidField,
                fmt::format("'{}' is none of {}: what asks for no money, or changes another "
                            "invoice, is recorded by hand",
                            excerpt(type), fmt::join(kTypes, ", ")),
                "InvoiceTypeCode");
  }
  LEDGER_TRY(auto paper, paper_of(root, settings));
  InvoiceIssued invoice;
  invoice.invoice_id = InvoiceId(id_of_number(paper.number, paper.issued_on));
  invoice.number = std::move(paper.number);
  invoice.client_id = std::move(paper.client);
  invoice.issued_on = paper.issued_on;
  invoice.amount = paper.amount;
  for (const std::string_view where : {"DueDate", "PaymentMeans/PaymentDueDate"}) {
    if (text_at(root, where).empty() || invoice.due_on) continue;
    LEDGER_TRY(invoice.due_on, date_at(root, where));
  }
  return invoice;
}

Result<CreditNoteIssued> credit_note_of(const Element& root, const Settings& settings) {
  LEDGER_TRY(auto paper, paper_of(root, settings));
  CreditNoteIssued note;
  note.credit_note_id = CreditNoteId(id_of_number(paper.number, paper.issued_on));
  note.number = std::move(paper.number);
  note.client_id = std::move(paper.client);
  note.issued_on = paper.issued_on;
  note.amount = paper.amount;
  constexpr std::string_view kReference = "BillingReference/InvoiceDocumentReference/";
  const std::string number = std::string(kReference) + "ID";
  const std::string day = std::string(kReference) + "IssueDate";
  // Without its day the number could be that of another year.
  if (!text_at(root, number).empty() && !text_at(root, day).empty()) {
    LEDGER_TRY(const Date issued_on, date_at(root, day));
    note.invoice_id = InvoiceId(id_of_number(text_at(root, number), issued_on));
  }
  if (const auto reason = text_at(root, "Note"); !reason.empty())
    note.reason = excerpt(reason, 1000);
  return note;
}

}  // namespace

Mapped map_ubl(std::string_view bytes, const Settings& settings) {
  Collector collector(settings);
  const auto record = [&]() -> Status {
    LEDGER_TRY(const auto document, xml::parse_xml(bytes));
    if (document.name_space == kInvoice) {
      LEDGER_TRY(auto invoice, invoice_of(document.root, settings));
      return collector.issue(std::move(invoice), "file");
    }
    if (document.name_space == kCreditNote) {
      LEDGER_TRY(auto note, credit_note_of(document.root, settings));
      return collector.issue(std::move(note), "file");
    }
    return fail(ErrorCode::kUnknownType,
                fmt::format("'{}' is neither a UBL 2 Invoice nor a CreditNote",
                            excerpt(document.root.name)));
  };
  if (auto status = record(); !status) collector.refuse("file", bytes, std::move(status).error());
  return collector.take();
}

}  // namespace ledger::invoices
