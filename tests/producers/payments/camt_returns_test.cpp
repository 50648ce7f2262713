// Goal: of money that the bank takes back nothing is forgotten, and no more is said of it than
// holds. Method: each way in which banks write it, by itself.
#include "producers/payments/camt/mapping.h"
#include "tests/producers/payments/camt_message.h"
#include "tests/producers/payments/told.h"
#include "tests/support/catch.h"

using namespace ledger;
using namespace ledger::testing;

namespace {

Told map(const std::string& xml) {
  return told(camt::map_statements(xml, {.zone = BusinessZone::named("Europe/Kyiv").value()}));
}
std::string reference(const std::string& text) { return "<AcctSvcrRef>" + text + "</AcctSvcrRef>"; }
std::string transaction(const std::string& amount, const std::string& own,
                        const std::string& more = "") {
  return "<TxDtls>" + (own.empty() ? "" : "<Refs>" + reference(own) + "</Refs>") +
         "<Amt Ccy=\"UAH\">" + amount + "</Amt>" + more + "</TxDtls>";
}
// A debit of 100.00 of such details.
Told debit(const std::string& more) {
  return map(camt_message(
      camt_part({.opening = "100.00",
                 .closing = "0.00",
                 .entries = camt_entry({.amount = "100.00", .side = "DBIT", .more = more})})));
}
std::string reversal(const std::string& transactions) {
  return "<RvslInd>true</RvslInd>" + reference("E") + "<NtryDtls>" + transactions + "</NtryDtls>";
}

}  // namespace

TEST_CASE("camt: of a reversed batch each transaction is listed", "[producers][payments]") {
  for (const std::string side :
       {"", "<CdtDbtInd>DBIT</CdtDbtInd>", "<CdtDbtInd>CRDT</CdtDbtInd>"}) {
    const auto read =
        debit(reversal(transaction("60.00", "A", side) + transaction("40.00", "B", side)));
    REQUIRE(read.refused.empty());
    const auto& taken = read.statements.at(0).taken_back;
    REQUIRE(taken.size() == 2);
    CHECK(taken[0].bank_reference == "A");
    CHECK(taken[0].amount.amount_minor == 6000);
    CHECK(taken[1].bank_reference == "B");
    CHECK(taken[1].amount.amount_minor == 4000);
    CHECK(format_date(taken[1].booked_on) == "2026-11-24");
  }
}

TEST_CASE("camt: a reversal whose transactions do not make it is listed as a whole",
          "[producers][payments]") {
  for (const auto& transactions :
       {transaction("60.00", "A") + transaction("39.00", "B"),
        transaction("60.00", "A") + std::string("<TxDtls/>"), std::string()}) {
    const auto read = debit(reversal(transactions));
    const auto& taken = read.statements.at(0).taken_back;
    REQUIRE(taken.size() == 1);
    CHECK(taken[0].amount.amount_minor == 10000);
  }
}

TEST_CASE("camt: money returned without the mark of a reversal is listed too",
          "[producers][payments]") {
  const auto whole = debit("<NtryDtls>" + transaction("100.00", "A", "<RtrInf/>") + "</NtryDtls>");
  REQUIRE(whole.statements.at(0).taken_back.size() == 1);
  CHECK(whole.statements[0].taken_back[0].bank_reference == "A");
  // beside outgoing money
  const auto part = debit("<NtryDtls>" + transaction("30.00", "A", "<RtrInf/>") +
                          transaction("70.00", "B") + "</NtryDtls>");
  REQUIRE(part.statements.at(0).taken_back.size() == 1);
  CHECK(part.statements[0].taken_back[0].amount.amount_minor == 3000);
  // within a batch of credits: what came is a payment as it came
  const auto batch = map(camt_message(camt_part(
      {.opening = "0.00",
       .closing = "100.00",
       .entries =
           camt_entry({.amount = "100.00",
                       .more = reference("E") + "<NtryDtls>" + transaction("160.00", "A") +
                               transaction("60.00", "B", "<CdtDbtInd>DBIT</CdtDbtInd><RtrInf/>") +
                               "</NtryDtls>"})})));
  REQUIRE(batch.payments.size() == 1);
  CHECK(batch.payment().amount.amount_minor == 16000);
  REQUIRE(batch.statements.at(0).taken_back.size() == 1);
  CHECK(batch.statements[0].taken_back[0].bank_reference == "B");
  CHECK(batch.statements[0].taken_back[0].amount.amount_minor == 6000);
  // outgoing money without either mark is nobody's
  CHECK(debit("<NtryDtls>" + transaction("100.00", "A") + "</NtryDtls>")
            .statements.at(0)
            .taken_back.empty());
}

TEST_CASE("camt: a report or notification has no place for what was taken back: it is refused",
          "[producers][payments]") {
  for (const std::string version : {"052.001.08", "054.001.08"}) {
    const auto read = map(camt_message(
        camt_part({.opening = "",
                   .closing = "",
                   .entries = camt_entry({.amount = "100.00",
                                          .side = "DBIT",
                                          .more = reversal(transaction("100.00", "A"))})},
                  version.starts_with("052") ? "Rpt" : "Ntfctn"),
        version));
    CHECK(read.skipped.empty());
    REQUIRE(read.refused.size() == 1);
    CHECK(read.refused[0].error.field == "RvslInd");
    CHECK(read.refused[0].error.message.find("100.00") != std::string::npos);
    CHECK(read.refused[0].error.message.find("camt.053") != std::string::npos);
  }
}
