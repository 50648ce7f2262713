// Goal: the house's list of invoices becomes what its clients owe, and no debt lies with the wrong
// one. Method: one list, one oddity at a time; the profile that is shipped.
#include <fstream>
#include <sstream>

#include "producers/invoices/csv/mapping.h"
#include "tests/producers/invoices/known_clients.h"
#include "tests/support/catch.h"

using namespace ledger;
using namespace ledger::testing;

namespace {

const std::string kProfile =
    "delimiter = \";\"\ntotal_rows = [\"Разом\"]\n[date]\ncolumn = \"Дата\"\n"
    "format = \"dd.mm.yyyy\"\n[due]\ncolumn = \"До\"\n[amount]\ncolumn = \"Сума\"\n"
    "decimal = \",\"\n[currency]\nfixed = \"UAH\"\n[columns]\nnumber = \"Номер\"\n"
    "client_code = \"Код\"\ncontract = \"Договір\"\n";

Mapped map(const std::string& rows, const std::string& profile = kProfile) {
  const auto parsed = invoices::parse_profile(profile);
  REQUIRE(parsed);
  return invoices::map_csv("Номер;Дата;До;Код;Сума;Договір\n" + rows, *parsed, known_clients());
}
const InvoiceIssued& invoice(const Mapped& mapped, std::size_t i = 0) {
  return *mapped.events.at(i).data.get_if<InvoiceIssued>();
}
void refused(const Mapped& mapped, std::string_view field) {
  REQUIRE(mapped.refused.size() == 1);
  CHECK(mapped.events.empty());
  CHECK(mapped.refused[0].where == "line 2");
  CHECK(mapped.refused[0].error.field == field);
}

}  // namespace

TEST_CASE("invoices csv: a row is an invoice of the client who has the code", "[producers]") {
  const auto mapped =
      map("501/26;24.11.2026;08.12.2026;32855961;1 000,00;d-1\nСФ-7;25.11.2026;;32855961;5,00;\n"
          "Разом;;;;1 005,00\n");
  REQUIRE(mapped.refused.empty());
  REQUIRE(mapped.events.size() == 2);
  CHECK(mapped.events[0].id == "501/26/2026");
  CHECK(mapped.events[0].source == "accounting");
  CHECK(format_timestamp(mapped.events[0].time) == "2026-11-23T22:00:00Z");
  const auto& first = invoice(mapped);
  CHECK(first.invoice_id.text() == "501/26/2026");
  CHECK(first.number == "501/26");
  CHECK(first.client_id.text() == "c-1");
  CHECK(first.amount.amount_minor == 100000);
  CHECK(format_date(*first.due_on) == "2026-12-08");
  CHECK(first.contract_id->text() == "d-1");
  // Letters that no id has, and no due day: the client's terms hold.
  CHECK(invoice(mapped, 1).number == "СФ-7");
  CHECK(invoice(mapped, 1).invoice_id.text().starts_with("inv-"));
  CHECK_FALSE(invoice(mapped, 1).due_on);
  CHECK(mapped.skipped.size() == 1);
}

TEST_CASE("invoices csv: nobody's code, or that of two, is refused with its row", "[producers]") {
  refused(map("1;24.11.2026;;87654321;5,00;\n"), "client_code");
  refused(map("1;24.11.2026;;12345678;5,00;\n"), "client_code");
  refused(map("1;24.11.2026;;1;5,00;\n"), "client_code");
  refused(map("1;24.11.2026;;;5,00;\n"), "client_code");
}

TEST_CASE("invoices csv: what cannot be an invoice is refused by field", "[producers]") {
  refused(map(";24.11.2026;;32855961;5,00;\n"), "number");
  refused(map("1;24.11.2026;;32855961;-5,00;\n"), "amount");
  refused(map("1;24.11.2026;01.11.2026;32855961;5,00;\n"), "due_on");
  refused(map("1;24.11.2026;?;32855961;5,00;\n"), "due");
  refused(map("1;24.11.2026;;32855961;5,00;№ 7\n"), "contract");
  CHECK(map("1;24.11.2026;;32855961;0,00;\n").skipped.size() == 1);
}

TEST_CASE("invoices csv: a document twice is one, and with two sums none too many", "[producers]") {
  const std::string row = "1;24.11.2026;;32855961;5,00;\n";
  const auto same = map(row + row);
  CHECK(same.events.size() == 1);
  CHECK(same.skipped.size() == 1);
  const auto other = map(row + "1;24.11.2026;;32855961;6,00;\n");
  CHECK(other.events.size() == 1);
  REQUIRE(other.refused.size() == 1);
  CHECK(other.refused[0].error.code == ErrorCode::kConflict);
}

TEST_CASE("invoices csv: ids and days to pay may be columns", "[producers]") {
  const std::string profile =
      "delimiter = \";\"\n[date]\ncolumn = 2\nformat = \"dd.mm.yyyy\"\n[due]\ndays = 3\n[amount]\n"
      "column = 5\ndecimal = \",\"\n[currency]\nfixed = \"UAH\"\n[columns]\nnumber = 1\nid = 6\n"
      "client_id = 4\n";
  const auto mapped = map("1;24.11.2026;14;c-9;5,00;guid-1\n", profile);
  REQUIRE(mapped.events.size() == 1);
  CHECK(invoice(mapped).invoice_id.text() == "guid-1");
  CHECK(invoice(mapped).client_id.text() == "c-9");
  CHECK(format_date(*invoice(mapped).due_on) == "2026-12-08");
  refused(map("1;24.11.2026;-1;c-9;5,00;\n", profile), "due");
}

TEST_CASE("invoices csv: a profile's mistake is named, the shipped one has none", "[producers]") {
  const auto field = [](const std::string& profile) {
    const auto parsed = invoices::parse_profile(profile);
    return parsed ? "" : parsed.error().field;
  };
  CHECK(field(kProfile + "client_id = 1\n") == "columns.client_code");
  CHECK(field(kProfile + "klient = 1\n") == "columns.klient");
  CHECK(field("delimiter = \";\"\n") == "date.column");
  std::ifstream file(LEDGER_BANK_PROFILES "/invoices.toml");
  std::ostringstream content;
  content << file.rdbuf();
  CHECK(field(content.str()) == "");
  const auto parsed = invoices::parse_profile(content.str());
  REQUIRE(parsed);
  const auto mapped = invoices::map_csv(
      "Номер;Дата;Сплатити до;ЄДРПОУ;Сума\n1;24.11.2026;08.12.2026;32855961;5,00\n", *parsed,
      known_clients());
  CHECK(mapped.events.size() == 1);
}
