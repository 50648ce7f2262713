// Goal: exactly the booked credits of a statement become payments, and a file that does not add up
// becomes nothing. Method: one good statement, and one change at a time.
#include <fmt/format.h>

#include "events/catalogue.h"
#include "producers/payments/camt/mapping.h"
#include "tests/producers/payments/told.h"
#include "tests/support/catch.h"

using namespace ledger;
using ledger::testing::Told;

namespace {

struct Statement {
  std::string version = "053.001.08";
  std::string opening = "1000.00";
  std::string closing = "1150.50";
  std::string entries;
};

std::string entry(const std::string& amount, const std::string& side, const std::string& more,
                  const std::string& status = "<Cd>BOOK</Cd>",
                  const std::string& currency = "UAH") {
  return fmt::format(
      R"(<Ntry><Amt Ccy="{}">{}</Amt><CdtDbtInd>{}</CdtDbtInd><Sts>{}</Sts>)"
      R"(<BookgDt><Dt>2026-11-24</Dt></BookgDt><ValDt><Dt>2026-11-25</Dt></ValDt>{}</Ntry>)",
      currency, amount, side, status, more);
}

const std::string kPayer =
    "<NtryDtls><TxDtls><RltdPties><Dbtr><Pty><Nm>ТОВ Ромашка</Nm><Id><OrgId><Othr><Id>32855961</Id>"
    "</Othr></OrgId></Id></Pty></Dbtr><DbtrAcct><Id><IBAN>UA213223130000026007233566001</IBAN></Id>"
    "</DbtrAcct></RltdPties><RmtInf><Ustrd>Оплата за</Ustrd><Ustrd>рах. 7</Ustrd></RmtInf>"
    "</TxDtls></NtryDtls>";

std::string balance(const std::string& kind, const std::string& amount) {
  return fmt::format(R"(<Bal><Tp><CdOrPrtry><Cd>{}</Cd></CdOrPrtry></Tp><Amt Ccy="UAH">{}</Amt>)"
                     R"(<CdtDbtInd>CRDT</CdtDbtInd></Bal>)",
                     kind, amount);
}

Told map(const Statement& statement) {
  const std::string xml = fmt::format(
      R"(<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.{}">)"
      R"(<BkToCstmrStmt><Stmt><Id>S1</Id><Acct><Id><IBAN>UA1</IBAN></Id></Acct>{}{}{}</Stmt>)"
      R"(</BkToCstmrStmt></Document>)",
      statement.version, balance("OPBD", statement.opening), balance("CLBD", statement.closing),
      statement.entries);
  return testing::told(
      camt::map_statements(xml, {.zone = BusinessZone::named("Europe/Kyiv").value()}));
}

Statement good() {
  Statement statement;
  statement.entries = entry("200.50", "CRDT", "<AcctSvcrRef>R1</AcctSvcrRef>" + kPayer) +
                      entry("50.00", "DBIT", "<AcctSvcrRef>R2</AcctSvcrRef>");
  return statement;
}

const PaymentReceived& payment(const Told& mapped, std::size_t i = 0) { return mapped.payment(i); }

void refused(const Told& mapped, ErrorCode code, std::string_view field) {
  REQUIRE(mapped.refused.size() == 1);
  CHECK(mapped.payments.empty());
  CHECK(mapped.refused[0].error.code == code);
  CHECK(mapped.refused[0].error.field == field);
  CHECK_FALSE(mapped.refused[0].error.message.empty());
}

}  // namespace

TEST_CASE("camt: a booked credit is a payment, outgoing money is none", "[producers][payments]") {
  const auto mapped = map(good());
  REQUIRE(mapped.refused.empty());
  REQUIRE(mapped.payments.size() == 1);
  const auto& paid = payment(mapped);
  CHECK(paid.amount.amount_minor == 20050);
  CHECK(paid.amount.currency.text() == "UAH");
  CHECK(paid.bank_reference == "R1");
  CHECK(paid.our_account == "UA1");
  CHECK(format_date(paid.booked_on) == "2026-11-24");
  CHECK(format_date(*paid.value_on) == "2026-11-25");
  CHECK(paid.payer_name == "ТОВ Ромашка");
  CHECK(paid.payer_tax_code->text() == "32855961");
  CHECK(paid.payer_iban->text() == "UA213223130000026007233566001");
  CHECK(paid.purpose == "Оплата за рах. 7");
  CHECK(mapped.payments[0].id == "UA1|2026-11-24|R1");
  CHECK(format_timestamp(mapped.payments[0].time) == "2026-11-23T22:00:00Z");
  REQUIRE(mapped.skipped.size() == 1);
  CHECK(mapped.skipped[0].reason == "outgoing money");
}

TEST_CASE("camt: a file whose sums do not add up is refused whole, with the figures",
          "[producers][payments]") {
  auto statement = good();
  statement.closing = "1150.51";
  const auto mapped = map(statement);
  refused(mapped, ErrorCode::kInvalidField, "Bal");
  CHECK(mapped.refused[0].error.message.find("1150.50") != std::string::npos);
  CHECK(mapped.refused[0].error.message.find("1150.51") != std::string::npos);
}

TEST_CASE("camt: what is not booked, or is a reversal, is left out and said so",
          "[producers][payments]") {
  auto statement = good();
  statement.entries += entry("99.00", "CRDT", "", "<Cd>PDNG</Cd>");
  CHECK(map(statement).skipped.size() == 2);
  statement.closing = "1160.50";
  statement.entries += entry("10.00", "CRDT", "<RvslInd>true</RvslInd>");
  const auto mapped = map(statement);
  CHECK(mapped.payments.size() == 1);
  CHECK(mapped.skipped.size() == 3);
}

TEST_CASE("camt: the versions spell status and parties differently", "[producers][payments]") {
  auto statement = good();
  statement.version = "053.001.02";
  statement.entries =
      entry("150.50", "CRDT",
            "<AcctSvcrRef>R1</AcctSvcrRef><NtryDtls><TxDtls><RltdPties><Dbtr><Nm>ФОП "
            "Іваненко</Nm></Dbtr></RltdPties></TxDtls></NtryDtls>",
            "BOOK");
  CHECK(payment(map(statement)).payer_name == "ФОП Іваненко");
}

TEST_CASE("camt: a batch is one payment a transaction, and must sum to its entry",
          "[producers][payments]") {
  const auto batch = [](const std::string& second) {
    Statement statement;
    statement.entries = entry("150.50", "CRDT",
                              "<AcctSvcrRef>R1</AcctSvcrRef><NtryDtls><TxDtls><Amt "
                              "Ccy=\"UAH\">100.00</Amt></TxDtls><TxDtls>"
                              "<Amt Ccy=\"UAH\">" +
                                  second + "</Amt></TxDtls></NtryDtls>");
    return map(statement);
  };
  const auto mapped = batch("50.50");
  REQUIRE(mapped.payments.size() == 2);
  CHECK(payment(mapped, 0).bank_reference == "R1");
  CHECK(payment(mapped, 1).bank_reference == "R1|2");
  refused(batch("50.51"), ErrorCode::kInvalidField, "NtryDtls");
}

TEST_CASE("camt: a reference that says nothing is none; equal entries of a day are numbered",
          "[producers][payments]") {
  Statement statement;
  statement.entries =
      entry("75.25", "CRDT", "<AcctSvcrRef>NOTPROVIDED</AcctSvcrRef>") + entry("75.25", "CRDT", "");
  const auto mapped = map(statement);
  REQUIRE(mapped.payments.size() == 2);
  CHECK(payment(mapped, 0).bank_reference.starts_with("2026-11-24|1|"));
  CHECK(payment(mapped, 1).bank_reference.starts_with("2026-11-24|2|"));
  CHECK(mapped.payments[0].id == "UA1|" + payment(mapped, 0).bank_reference);
}

TEST_CASE("camt: amounts and dates that cannot be are named", "[producers][payments]") {
  const auto with = [](const std::string& entries) {
    Statement statement;
    statement.entries = entries;
    return map(statement);
  };
  CHECK(with(entry("150.500", "CRDT", "")).payments.size() == 1);
  refused(with(entry("150.505", "CRDT", "")), ErrorCode::kInvalidField, "Amt");
  refused(with(entry("150.50", "CRDT", "", "BOOK", "XXX")), ErrorCode::kInvalidField, "Amt/@Ccy");
  refused(with(entry("92233720368547758.08", "CRDT", "")), ErrorCode::kOutOfRange, "Amt");
  auto early = entry("150.50", "CRDT", "");
  early.replace(early.find("2026-11-24"), 10, "1969-11-24");
  refused(with(early), ErrorCode::kOutOfRange, "BookgDt/Dt");
}

TEST_CASE("camt: other messages, other XML and no XML are told apart", "[producers][payments]") {
  auto statement = good();
  statement.version = "060.001.08";
  refused(map(statement), ErrorCode::kUnknownType, "");
  statement.version = "053.001.14";
  refused(map(statement), ErrorCode::kUnsupportedVersion, "");
  const camt::Settings settings{.zone = BusinessZone::named("Europe/Kyiv").value()};
  refused(testing::told(camt::map_statements("<a/>", settings)), ErrorCode::kUnknownType, "");
  for (const std::string bad : {"", "<a>", "<a></a><b/>", "<a>\xff</a>",
                                "<!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>", "<a b='1' b='2'/>"}) {
    INFO(bad);
    refused(testing::told(camt::map_statements(bad, settings)), ErrorCode::kMalformed, "");
  }
  std::string deep;
  for (int i = 0; i < 100; ++i) deep += "<a>";
  refused(testing::told(camt::map_statements(deep, settings)), ErrorCode::kTooLarge, "");
}

TEST_CASE("camt: one reference is one payment, wherever in the file it stands",
          "[producers][payments]") {
  const std::string reference = "<AcctSvcrRef>R1</AcctSvcrRef>";
  Statement statement;
  statement.entries = entry("75.25", "CRDT", reference) + entry("75.25", "CRDT", reference);
  const auto same = map(statement);
  CHECK(same.payments.size() == 1);
  CHECK(same.skipped.size() == 1);
  statement.entries = entry("75.00", "CRDT", reference) + entry("75.50", "CRDT", reference);
  const auto different = map(statement);
  CHECK(different.payments.size() == 1);
  REQUIRE(different.refused.size() == 1);
  CHECK(different.refused[0].error.code == ErrorCode::kConflict);
}

TEST_CASE("camt: times, value dates, charges and references as banks write them",
          "[producers][payments]") {
  const auto with = [](const std::string& more, const std::string& booked) {
    Statement statement;
    statement.entries = entry("150.50", "CRDT", more);
    const std::string plain = "<Dt>2026-11-24</Dt></BookgDt>";
    statement.entries.replace(statement.entries.find(plain), plain.size(), booked + "</BookgDt>");
    return map(statement);
  };
  for (const std::string time : {"2026-11-24T10:00:00", "2026-11-24T10:00:00.0000000+02:00"}) {
    CHECK(format_timestamp(with("", "<DtTm>" + time + "</DtTm>").payments.at(0).time) ==
          "2026-11-24T08:00:00Z");
  }
  const std::string day = "<Dt>2026-11-24</Dt>";
  const auto charged =
      with("<NtryDtls><TxDtls><Amt Ccy=\"UAH\">155.00</Amt></TxDtls></NtryDtls>", day);
  CHECK(payment(charged).amount.amount_minor == 15050);
  refused(with("<AcctSvcrRef>" + std::string(300, 'r') + "</AcctSvcrRef>", day),
          ErrorCode::kTooLarge, "bank_reference");
  Statement early;
  early.entries = entry("150.50", "CRDT", "");
  early.entries.replace(early.entries.find("2026-11-25"), 10, "1969-11-25");
  refused(map(early), ErrorCode::kOutOfRange, "ValDt/Dt");
  Statement nothing = good();
  nothing.entries += entry("0.00", "CRDT", "");
  CHECK(map(nothing).skipped.size() == 2);
  refused(testing::told(camt::map_statements(
              "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\">"
              "<BkToCstmrStmt/></Document>",
              {.zone = BusinessZone::named("Europe/Kyiv").value()})),
          ErrorCode::kMissingField, "Stmt");
}
