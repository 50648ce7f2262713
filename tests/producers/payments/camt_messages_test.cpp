// Goal: what banks make of camt beyond one plain statement comes in whole and once: reports and
// notifications, batches, reversals, pages, charges. Method: messages made of parts, one oddity
// each.
#include "events/json_codec.h"
#include "producers/payments/camt/mapping.h"
#include "tests/producers/payments/camt_message.h"
#include "tests/producers/payments/told.h"
#include "tests/support/catch.h"

using namespace ledger;
using namespace ledger::testing;

namespace {

Told map(const std::string& xml) {
  return told(camt::map_statements(
      xml, {.zone = BusinessZone::named("Europe/Kyiv").value(), .file = "day.xml"}));
}

std::string details(const std::string& transactions) {
  return "<NtryDtls>" + transactions + "</NtryDtls>";
}
std::string reference(const std::string& text) { return "<AcctSvcrRef>" + text + "</AcctSvcrRef>"; }
std::string transaction(const std::string& amount, const std::string& more = "") {
  return "<TxDtls>" + (amount.empty() ? "" : "<Amt Ccy=\"UAH\">" + amount + "</Amt>") + more +
         "</TxDtls>";
}

Told statement(const std::string& entries, const std::string& closing = "1150.50",
               const std::string& more = "") {
  CamtStatement one;
  one.entries = entries;
  one.closing = closing;
  one.more = more;
  return map(camt_message(camt_part(one)));
}

void refused(const Told& read, ErrorCode code, std::string_view field) {
  REQUIRE(read.refused.size() == 1);
  CHECK(read.payments.empty());
  CHECK(read.refused[0].error.code == code);
  CHECK(read.refused[0].error.field == field);
}

}  // namespace

TEST_CASE("camt: every version of the three messages is read", "[producers][payments]") {
  for (const std::string message : {"052", "053", "054"}) {
    for (int version = 2; version <= 13; ++version) {
      CamtStatement one;
      one.entries = camt_entry({.amount = "150.50",
                                .more = reference("R1") + details(transaction("150.50")),
                                .status = version < 8 ? "BOOK" : "<Cd>BOOK</Cd>"});
      const std::string part = message == "052" ? "Rpt" : message == "053" ? "Stmt" : "Ntfctn";
      const auto read =
          map(camt_message(camt_part(one, part), fmt::format("{}.001.{:02}", message, version)));
      INFO(message << " version " << version);
      REQUIRE(read.payments.size() == 1);
      CHECK(read.payments[0].id == "UA1|2026-11-24|R1");
      CHECK(read.provisional == (message == "052" ? 1 : 0));
      CHECK(read.statements.size() == (message == "053" ? 1 : 0));
    }
  }
}

TEST_CASE("camt: a statement says of itself what a bookkeeper looks for", "[producers][payments]") {
  const std::string more =
      "<ElctrncSeqNb>231</ElctrncSeqNb><LglSeqNb>7</LglSeqNb><CpyDplctInd>DUPL</CpyDplctInd>"
      "<FrToDt><FrDtTm>2026-11-23T00:00:00</FrDtTm><ToDtTm>2026-11-25T00:00:00</ToDtTm></FrToDt>"
      "<StmtPgntn><PgNb>2</PgNb></StmtPgntn>";
  const auto read = statement(camt_entry({.amount = "200.50", .more = reference("R1")}) +
                                  camt_entry({.amount = "50.00", .side = "DBIT"}),
                              "1150.50", more);
  REQUIRE(read.statements.size() == 1);
  const auto& received = read.statements[0];
  CHECK(received.account == "UA1");
  CHECK(received.format == StatementFormat::kCamt053);
  CHECK(received.statement_id == "S1");
  CHECK(received.sequence == 231);
  CHECK(received.page == 2);
  CHECK(format_date(received.from) == "2026-11-23");
  CHECK(format_date(received.to) == "2026-11-24");
  CHECK(received.opening.amount_minor == 100000);
  CHECK(received.closing.amount_minor == 115050);
  CHECK(received.entries == 2);
  CHECK(received.payments == 1);
  CHECK(received.file == "day.xml");
  CHECK(received.copy == StatementCopy::kDuplicate);
  CHECK(received.taken_back.empty());
  CHECK(received.file_sha256.size() == 64);
}

TEST_CASE("camt: an overdraft, and a statement without entries, add up", "[producers][payments]") {
  CamtStatement one;
  one.opening = "-100.00";
  one.closing = "50.50";
  one.entries = camt_entry({.amount = "150.50", .more = reference("R1")});
  const auto read = map(camt_message(camt_part(one)));
  CHECK(read.statements.at(0).opening.amount_minor == -10000);
  CHECK(read.payments.size() == 1);
  CHECK(statement("", "1000.00").statements.size() == 1);
  CHECK(statement("", "1000.00").refused.empty());
}

TEST_CASE("camt: several statements of a file; one that does not add up spoils it",
          "[producers][payments]") {
  CamtStatement first;
  first.entries = camt_entry({.amount = "150.50", .more = reference("R1")});
  CamtStatement second{.id = "S2", .account = "<Othr><Id>26007 1</Id></Othr>"};
  second.currency = "EUR";
  second.entries = camt_entry({.amount = "150.50", .more = reference("R1"), .currency = "EUR"});
  const auto both = map(camt_message(camt_part(first) + camt_part(second)));
  REQUIRE(both.payments.size() == 2);
  CHECK(both.payment(1).our_account == "260071");
  CHECK(both.payment(1).amount.currency.text() == "EUR");
  second.closing = "1150.51";
  const auto spoilt = map(camt_message(camt_part(first) + camt_part(second)));
  refused(spoilt, ErrorCode::kInvalidField, "Bal");
  CHECK(spoilt.refused[0].where == "statement S2");
  CHECK(spoilt.statements.empty());
}

TEST_CASE("camt: what is not booked is no payment, and is named", "[producers][payments]") {
  for (const std::string word : {"PDNG", "INFO", "FUTR"}) {
    const auto read = statement(camt_entry({.amount = "150.50", .more = reference("R1")}) +
                                camt_entry({.amount = "9.00", .status = "<Cd>" + word + "</Cd>"}));
    CHECK(read.payments.size() == 1);
    REQUIRE(read.skipped.size() == 1);
    CHECK(read.skipped[0].reason == "not booked yet (" + word + ")");
  }
}

TEST_CASE("camt: reversals: what the bank took back is kept, what came back is no payment",
          "[producers][payments]") {
  const auto read = statement(
      camt_entry({.amount = "200.50", .more = reference("R1")}) +
          camt_entry(
              {.amount = "50.00",
               .side = "DBIT",
               .more = "<RvslInd>true</RvslInd>" + reference("R9") +
                       details("<TxDtls><RmtInf><Ustrd>помилка</Ustrd></RmtInf></TxDtls>")}) +
          camt_entry({.amount = "10.00", .more = "<RvslInd>1</RvslInd>"}) +
          camt_entry(
              {.amount = "5.00", .more = reference("R8") + details("<TxDtls><RtrInf/></TxDtls>")}),
      "1165.50");
  CHECK(read.payments.size() == 1);
  REQUIRE(read.skipped.size() == 3);
  CHECK(read.skipped[1].reason == "outgoing money that came back");
  CHECK(read.skipped[2].reason == "outgoing money that came back");
  const auto& taken = read.statements.at(0).taken_back;
  REQUIRE(taken.size() == 1);
  CHECK(taken[0].bank_reference == "R9");
  CHECK(taken[0].amount.amount_minor == 5000);
  CHECK(format_date(taken[0].booked_on) == "2026-11-24");
  CHECK(taken[0].purpose == "помилка");
}

TEST_CASE("camt: of a batch, what is of the other side is left out and the rest taken",
          "[producers][payments]") {
  const auto read = statement(camt_entry(
      {.amount = "150.50",
       .more = reference("B1") + details(transaction("100.00") + transaction("80.50") +
                                         transaction("30.00", "<CdtDbtInd>DBIT</CdtDbtInd>"))}));
  REQUIRE(read.refused.empty());
  REQUIRE(read.payments.size() == 2);
  CHECK(read.payment(0).amount.amount_minor == 10000);
  CHECK(read.payment(1).amount.amount_minor == 8050);
  REQUIRE(read.skipped.size() == 1);
  CHECK(read.skipped[0].reason == "outgoing money within a batch of credits");
}

TEST_CASE("camt: a batch that lists none of its payments is nobody's payment",
          "[producers][payments]") {
  const auto read = statement(
      camt_entry({.amount = "150.50",
                  .more = reference("B1") + details("<Btch><NbOfTxs>3</NbOfTxs></Btch>")}));
  refused(read, ErrorCode::kMissingField, "NtryDtls/TxDtls");
  CHECK(read.refused[0].error.message.find("camt.054") != std::string::npos);
  CHECK(read.statements.size() == 1);
}

TEST_CASE("camt: amounts of a batch in whichever element, less the charges of each",
          "[producers][payments]") {
  const auto amount = [](const std::string& element, const std::string& text) {
    return "<TxDtls><AmtDtls><InstdAmt><Amt Ccy=\"EUR\">1.00</Amt></InstdAmt><" + element +
           "><Amt Ccy=\"UAH\">" + text + "</Amt></" + element + "></AmtDtls></TxDtls>";
  };
  for (const std::string element : {"TxAmt", "CntrValAmt"}) {
    const auto read = statement(camt_entry(
        {.amount = "150.50",
         .more = reference("B1") + details(amount(element, "100.00") + amount(element, "50.50"))}));
    INFO(element);
    REQUIRE(read.payments.size() == 2);
    CHECK(read.payment(1).amount.amount_minor == 5050);
  }
  const std::string charge = "<Amt Ccy=\"UAH\">1.00</Amt><CdtDbtInd>DBIT</CdtDbtInd>";
  for (const auto& charges :
       {"<Chrgs>" + charge + "</Chrgs>", "<Chrgs><Rcrd>" + charge + "</Rcrd></Chrgs>"}) {
    const auto read =
        statement(camt_entry({.amount = "150.50",
                              .more = reference("B1") + details(transaction("101.00", charges) +
                                                                transaction("51.50", charges))}));
    REQUIRE(read.payments.size() == 2);
    CHECK(read.payment(0).amount.amount_minor == 10000);
  }
  refused(statement(camt_entry(
              {.amount = "150.50", .more = details("<TxDtls/>" + transaction("150.50"))})),
          ErrorCode::kMissingField, "TxDtls/Amt");
  refused(statement(camt_entry(
              {.amount = "150.50", .more = details(transaction("-1.00") + transaction("151.50"))})),
          ErrorCode::kOutOfRange, "TxDtls/Amt");
}

TEST_CASE("camt: the purpose is all that is said of it", "[producers][payments]") {
  const auto purpose = [](const std::string& in_transaction, const std::string& in_entry = "") {
    return statement(
               camt_entry({.amount = "150.50",
                           .more = reference("R1") +
                                   details("<TxDtls>" + in_transaction + "</TxDtls>") + in_entry}))
        .payment()
        .purpose;
  };
  CHECK(purpose("<RmtInf><Ustrd>за</Ustrd><Ustrd>товар</Ustrd><Strd><RfrdDocInf><Nb>501</Nb>"
                "</RfrdDocInf><CdtrRefInf><Ref>RF18 5</Ref></CdtrRefInf>"
                "<AddtlRmtInf>ПДВ</AddtlRmtInf></Strd></RmtInf>") == "за товар RF18 5 501 ПДВ");
  CHECK(purpose("<AddtlTxInf>зарахування</AddtlTxInf>") == "зарахування");
  CHECK(purpose("", "<AddtlNtryInf>каса</AddtlNtryInf>") == "каса");
  CHECK_FALSE(purpose(""));
}

TEST_CASE("camt: the payer where versions and banks put him", "[producers][payments]") {
  const auto payer = [](const std::string& parties) {
    return statement(camt_entry({.amount = "150.50",
                                 .more = reference("R1") + details("<TxDtls><RltdPties>" + parties +
                                                                   "</RltdPties></TxDtls>")}))
        .payment();
  };
  const std::string person =
      "<Nm>Іваненко</Nm><Id><PrvtId><Othr><Id>паспорт</Id></Othr><Othr>"
      "<Id>2222222222</Id></Othr></PrvtId></Id>";
  for (const auto& parties :
       {"<Dbtr>" + person + "</Dbtr>", "<Dbtr><Pty>" + person + "</Pty></Dbtr>",
        "<UltmtDbtr><Pty>" + person + "</Pty></UltmtDbtr>"}) {
    const auto paid = payer(parties);
    CHECK(paid.payer_name == "Іваненко");
    REQUIRE(paid.payer_tax_code);
    CHECK(paid.payer_tax_code->text() == "2222222222");
  }
  const auto other =
      payer("<DbtrAcct><Id><Othr><Id>UA21 322313 0000026007233566001</Id></Othr></Id></DbtrAcct>");
  REQUIRE(other.payer_iban);
  CHECK(other.payer_iban->text() == "UA213223130000026007233566001");
  CHECK_FALSE(payer("<DbtrAcct><Id><Othr><Id>26007</Id></Othr></Id></DbtrAcct>").payer_iban);
}

TEST_CASE("camt: a report or notification is taken by the bank's reference alone",
          "[producers][payments]") {
  const std::string entries =
      camt_entry({.amount = "5.00", .more = details(transaction("5.00"))}) +
      camt_entry({.amount = "6.00", .more = reference("R2") + details(transaction("6.00"))});
  for (const std::string version : {"052.001.08", "054.001.08"}) {
    CamtStatement one;
    one.opening = one.closing = "";
    one.entries = entries;
    const auto read =
        map(camt_message(camt_part(one, version.starts_with("052") ? "Rpt" : "Ntfctn"), version));
    INFO(version);
    CHECK(read.refused.empty());
    REQUIRE(read.payments.size() == 1);
    CHECK(read.payments[0].id == "UA1|2026-11-24|R2");
    REQUIRE(read.skipped.size() == 1);
    CHECK(read.skipped[0].reason.find("camt.053") != std::string::npos);
  }
}

TEST_CASE("camt: what does not say who paid does not replace what does", "[producers][payments]") {
  const std::string plain = camt_entry({.amount = "150.50", .more = reference("R1")});
  CHECK(statement(plain).provisional == 1);
  const std::string full =
      camt_entry({.amount = "150.50", .more = reference("R1") + details(transaction("150.50"))});
  CHECK(statement(full).provisional == 0);
}

TEST_CASE("camt: pages end and begin with balances in between", "[producers][payments]") {
  const auto page = [](const std::string& balances, const std::string& amount) {
    return map(camt_message("<Stmt><Id>S1</Id><Acct><Id><IBAN>UA1</IBAN></Id></Acct>" + balances +
                            camt_entry({.amount = amount, .more = reference("R" + amount)}) +
                            "</Stmt>"));
  };
  CHECK(page(camt_balance("OPBD", "1.00") + camt_balance("ITBD", "3.00"), "2.00").payments.size() ==
        1);
  CHECK(page(camt_balance("ITBD", "3.00") + camt_balance("CLBD", "7.00"), "4.00").payments.size() ==
        1);
  CHECK(page(camt_balance("ITBD", "3.00") + camt_balance("ITBD", "7.00"), "4.00").payments.size() ==
        1);
  refused(page(camt_balance("ITBD", "3.00"), "4.00"), ErrorCode::kMissingField, "Bal");
  refused(page(camt_balance("CLBD", "3.00"), "4.00"), ErrorCode::kMissingField, "Bal");
}

TEST_CASE("camt: which of a day's equal bookings it is only the page before tells",
          "[producers][payments]") {
  const auto page = [](const std::string& opening, const std::string& closing,
                       const std::string& reference = "") {
    return "<Stmt><Id>S1</Id><Acct><Id><IBAN>UA1</IBAN></Id></Acct>" + opening + closing +
           camt_entry({.amount = "2.00", .more = reference}) + "</Stmt>";
  };
  const std::string first = page(camt_balance("OPBD", "1.00"), camt_balance("ITBD", "3.00"));
  const auto second = [&](const std::string& reference = "") {
    return page(camt_balance("ITBD", "3.00"), camt_balance("CLBD", "5.00"), reference);
  };
  refused(map(camt_message(second())), ErrorCode::kMissingField, "AcctSvcrRef");
  CHECK(map(camt_message(second(reference("R1")))).payments.size() == 1);
  const auto read = map(camt_message(first + second()));
  CHECK(read.refused.empty());
  REQUIRE(read.payments.size() == 2);
  CHECK(read.payment(0).bank_reference.starts_with("2026-11-24|1|"));
  CHECK(read.payment(1).bank_reference.starts_with("2026-11-24|2|"));
}

TEST_CASE("camt: what it makes is taken by the door", "[producers][payments]") {
  auto mapped = camt::map_statements(
      camt_message(
          camt_part({.entries = camt_entry({.amount = "150.50", .more = reference("R1")})})),
      {.zone = BusinessZone::named("Europe/Kyiv").value(), .file = "bad\nname"});
  REQUIRE(mapped.provisional.size() == 2);
  JsonCodec codec;
  for (const auto& event : mapped.provisional) {
    CHECK(codec.decode_submission(encode_submission(event)).has_value());
  }
}

TEST_CASE("camt: the character set that the file declares", "[producers][payments]") {
  const auto name = [](const std::string& set, const std::string& bytes) {
    std::string xml = camt_message(
        camt_part({.entries = camt_entry(
                       {.amount = "150.50",
                        .more = reference("R1") + details("<TxDtls><RltdPties><Dbtr><Nm>" + bytes +
                                                          "</Nm></Dbtr></RltdPties></TxDtls>")})}));
    xml.insert(xml.find("?>"), " encoding=\"" + set + "\"");
    return map(xml);
  };
  CHECK(name("windows-1251", "\xd0\xee\xec\xe0\xf8\xea\xe0").payment().payer_name == "Ромашка");
  CHECK(name("WINDOWS-1251", "\xbf\xe6").payment().payer_name == "їж");
  CHECK(name("cp866", "\x90\xae\xac\xa0\xe8\xaa\xa0").payment().payer_name == "Ромашка");
  CHECK(name("ISO-8859-1", "f\xfcr").payment().payer_name == "für");
  CHECK(name("koi8-u", "\xf2\xcf\xcd\xc1\xdb\xcb\xc1").payment().payer_name == "Ромашка");
  refused(name("koi8-x", "x"), ErrorCode::kMalformed, "");
  refused(name("windows-1251", "\x98"), ErrorCode::kMalformed, "");
}

TEST_CASE("camt: a file of the other format is told so", "[producers][payments]") {
  const auto read = map(":20:STMT\n:25:1\n");
  refused(read, ErrorCode::kMalformed, "");
  CHECK(read.refused[0].error.message.find("import mt940") != std::string::npos);
}

TEST_CASE("camt: an entry without a status, and one without a readable amount, are named",
          "[producers][payments]") {
  const std::string good = camt_entry({.amount = "150.50", .more = reference("R1")});
  const auto silent = statement(good + camt_entry({.amount = "9.00", .status = ""}));
  refused(silent, ErrorCode::kMissingField, "Ntry/Sts");
  CHECK(silent.refused[0].error.message.find("entry 2") != std::string::npos);
  const auto fine = statement(good + camt_entry({.amount = "9.005"}));
  refused(fine, ErrorCode::kInvalidField, "Amt");
  CHECK(fine.refused[0].error.message.find("entry 2; without it") != std::string::npos);
  CamtStatement report{
      .opening = "", .closing = "", .entries = camt_entry({.amount = "9.00", .status = ""})};
  refused(map(camt_message(camt_part(report, "Rpt"), "052.001.08")), ErrorCode::kMissingField,
          "Sts");
}

TEST_CASE("camt: a web page and a PDF are told what they are", "[producers][payments]") {
  for (const std::string other : {"<!DOCTYPE html><html></html>", "%PDF-1.4"}) {
    const auto read = map(other);
    refused(read, ErrorCode::kMalformed, "");
    CHECK(read.refused[0].error.message.find("not a statement") != std::string::npos);
  }
}

TEST_CASE("camt: bombs are refused before they go off", "[producers][payments]") {
  for (const std::string bomb :
       {R"(<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]><a>&b;</a>)",
        R"(<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>)",
        R"(<!DOCTYPE a [<!ENTITY x SYSTEM "http://127.0.0.1/x">]><a>&x;</a>)"}) {
    const auto read = map(bomb);
    refused(read, ErrorCode::kMalformed, "");
    CHECK(read.refused[0].error.message.find("document type") != std::string::npos);
    CHECK(read.refused[0].raw.size() <= 2048);
  }
  refused(map("<a>&nobody;</a>"), ErrorCode::kMalformed, "");
  std::string wide = "<a>";
  for (int i = 0; i < 2'000'001; ++i) wide += "<b/>";
  refused(map(wide + "</a>"), ErrorCode::kTooLarge, "");
}
