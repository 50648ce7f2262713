// Goal: MT940 comes in whole and once from whichever bank wrote it, and what cannot be believed is
// refused by name. Method: one good statement, and one oddity of a bank at a time.
#include <fmt/format.h>

#include "events/json_codec.h"
#include "platform/utf8.h"
#include "producers/payments/mt940/mapping.h"
#include "tests/producers/payments/mt940_message.h"
#include "tests/producers/payments/told.h"
#include "tests/support/catch.h"

using namespace ledger;
using namespace ledger::testing;

namespace {

Told map(const std::string& bytes, std::optional<CodePage> charset = {}) {
  return told(mt940::map_statements(
      bytes, {.bank = {.zone = BusinessZone::named("Europe/Kyiv").value(), .file = "day.sta"},
              .charset = charset}));
}

Told with_lines(const std::string& lines) {
  Mt940Statement statement;
  statement.lines = lines;
  return map(mt940_block(statement));
}

// One credit of 150.50 and its details.
Told with_details(const std::string& details) {
  return with_lines(":61:2611241124C150,50NTRFNONREF//B1\n" + details);
}

void refused(const Told& read, ErrorCode code, std::string_view field) {
  REQUIRE(read.refused.size() == 1);
  CHECK(read.payments.empty());
  CHECK(read.refused[0].error.code == code);
  CHECK(read.refused[0].error.field == field);
  CHECK_FALSE(read.refused[0].error.message.empty());
}

}  // namespace

TEST_CASE("mt940: a credit is a payment, outgoing money is none", "[producers][payments]") {
  const auto read = with_lines(
      ":61:2611251124CR200,50NTRFinvoice 7//B1\n:86:Оплата за "
      "товар\n:61:2611241124D50,NTRFNONREF\n");
  REQUIRE(read.refused.empty());
  REQUIRE(read.payments.size() == 1);
  const auto& paid = read.payment();
  CHECK(paid.amount.amount_minor == 20050);
  CHECK(paid.amount.currency.text() == "UAH");
  CHECK(paid.our_account == "UA213223130000026007233566001");
  CHECK(paid.bank_reference.starts_with("261125|B1|"));
  CHECK(format_date(paid.booked_on) == "2026-11-24");
  CHECK(format_date(*paid.value_on) == "2026-11-25");
  CHECK(paid.purpose == "Оплата за товар");
  CHECK(read.payments[0].id == "UA213223130000026007233566001|" + paid.bank_reference);
  CHECK(format_timestamp(read.payments[0].time) == "2026-11-23T22:00:00Z");
  REQUIRE(read.skipped.size() == 1);
  CHECK(read.skipped[0].reason == "outgoing money");
  CHECK(read.skipped[0].where == "line 7");
}

TEST_CASE("mt940: the statement is a fact of its own", "[producers][payments]") {
  const auto read = with_lines(":61:2611241124C200,50NTRFNONREF\n:61:2611241124D50,NTRFNONREF\n");
  REQUIRE(read.statements.size() == 1);
  const auto& received = read.statements[0];
  CHECK(received.format == StatementFormat::kMt940);
  CHECK(received.statement_id == "115/1");
  CHECK(received.sequence == 115);
  CHECK(received.page == 1);
  CHECK(format_date(received.from) == "2026-11-23");
  CHECK(format_date(received.to) == "2026-11-24");
  CHECK(received.opening.amount_minor == 100000);
  CHECK(received.closing.amount_minor == 115050);
  CHECK(received.entries == 2);
  CHECK(received.payments == 1);
  CHECK(received.file == "day.sta");
}

TEST_CASE("mt940: a file that does not add up is refused whole, with the figures",
          "[producers][payments]") {
  Mt940Statement good;
  good.lines = ":61:2611241124C150,50NTRFNONREF\n";
  Mt940Statement bad = good;
  bad.closing = "C261124UAH1150,51";
  const auto read = map(mt940_block(good) + mt940_block(bad));
  refused(read, ErrorCode::kInvalidField, "Bal");
  CHECK(read.statements.empty());
  CHECK(read.refused[0].where == "statement from line 8 on");
  CHECK(read.refused[0].error.message.find("1150.51") != std::string::npos);
}

TEST_CASE("mt940: lines without a reference are told apart by what they are and how many",
          "[producers][payments]") {
  const auto same = with_lines(":61:261124C75,25NTRFNONREF\n:61:261124C75,25NTRFNONREF\n");
  REQUIRE(same.payments.size() == 2);
  const std::string& first = same.payment(0).bank_reference;
  const std::string& second = same.payment(1).bank_reference;
  CHECK(first.starts_with("261124|1|"));
  CHECK(second.starts_with("261124|2|"));
  CHECK(first.substr(9) == second.substr(9));
  CHECK(first.size() == 9 + 64);
  // exported again with one more line in front, they stay who they are
  Mt940Statement longer;
  longer.opening = "C261123UAH999,00";
  longer.lines =
      ":61:261124C1,NTRFNONREF\n:61:261124C75,25NTRFNONREF\n:61:261124C75,25NTRFNONREF\n";
  const auto again = map(mt940_block(longer));
  REQUIRE(again.payments.size() == 3);
  CHECK(again.payment(1).bank_reference == first);
  CHECK(again.payment(2).bank_reference == second);
}

TEST_CASE("mt940: a bank's reference that comes twice is two payments", "[producers][payments]") {
  const auto read =
      with_lines(":61:261124C100,NTRFNONREF//55555\n:61:261124C50,5NTRFNONREF//55555\n");
  REQUIRE(read.payments.size() == 2);
  CHECK(read.payment(0).bank_reference.starts_with("261124|55555|"));
  CHECK(read.payment(1).bank_reference.starts_with("261124|55555|"));
  CHECK(read.payment(0).bank_reference != read.payment(1).bank_reference);
  const auto equal = with_lines(":61:261124C75,25NTRFNONREF//7\n:61:261124C75,25NTRFNONREF//7\n");
  REQUIRE(equal.payments.size() == 2);
  CHECK(equal.payment(1).bank_reference == equal.payment(0).bank_reference + "|2");
}

TEST_CASE("mt940: reversals of both sides, what is expected, and returned transfers",
          "[producers][payments]") {
  const auto read = with_lines(
      ":61:2611241124C200,50NTRFNONREF//B1\n:61:2611241124RC60,NTRFNONREF//B2\n:86:помилка\n"
      ":61:2611241124RDR5,NTRFNONREF\n:61:2611241124EC700,NTRFNONREF\n"
      ":61:2611241124C5,NRTINONREF\n:61:2611241124C0,NTRFNONREF\n");
  REQUIRE(read.refused.empty());
  CHECK(read.payments.size() == 1);
  REQUIRE(read.skipped.size() == 5);
  CHECK(read.skipped[0].reason.find("payment.reversed") != std::string::npos);
  CHECK(read.skipped[1].reason == "outgoing money that came back");
  CHECK(read.skipped[2].reason == "not booked yet (expected)");
  CHECK(read.skipped[3].reason == "outgoing money that came back");
  CHECK(read.skipped[4].reason == "an entry of nothing");
  const auto& taken = read.statements.at(0).taken_back;
  REQUIRE(taken.size() == 1);
  CHECK(taken[0].amount.amount_minor == 6000);
  CHECK(taken[0].bank_reference.starts_with("261124|B2|"));
  CHECK(taken[0].purpose == "помилка");
}

TEST_CASE("mt940: days: a missing entry date, New Year both ways, and days that are none",
          "[producers][payments]") {
  const auto booked = [](const std::string& days) {
    return with_lines(":61:" + days + "C150,50NTRFNONREF\n");
  };
  CHECK(format_date(booked("261124").payment().booked_on) == "2026-11-24");
  CHECK(format_date(booked("2701020102").payment().booked_on) == "2027-01-02");
  CHECK(format_date(booked("2701021231").payment().booked_on) == "2026-12-31");
  CHECK(format_date(booked("2612310102").payment().booked_on) == "2027-01-02");
  CHECK(format_date(booked("2802290229").payment().booked_on) == "2028-02-29");
  CHECK(format_date(booked("991231").payment().booked_on) == "1999-12-31");
  const auto february = booked("2602300228");
  refused(february, ErrorCode::kInvalidField, "61 value date");
  CHECK(february.refused[0].error.message.find("2026-02-30") != std::string::npos);
  refused(booked("2602280230"), ErrorCode::kInvalidField, "61 entry date");
  refused(booked("2702280229"), ErrorCode::kInvalidField, "61 entry date");
  refused(booked("2613010101"), ErrorCode::kInvalidField, "61 value date");
  // the day spoils its entry alone; the statement still came
  CHECK(february.statements.size() == 1);
}

TEST_CASE("mt940: amounts as banks write them", "[producers][payments]") {
  const auto minor = [](const std::string& amount) {
    Mt940Statement statement;
    statement.opening = "C261123UAH0,";
    statement.closing = "C261124UAH" + amount;
    statement.lines = ":61:261124C" + amount + "NTRFNONREF\n";
    return map(mt940_block(statement));
  };
  CHECK(minor("9,").payment().amount.amount_minor == 900);
  CHECK(minor("9").payment().amount.amount_minor == 900);
  CHECK(minor("9,5").payment().amount.amount_minor == 950);
  CHECK(minor("000000000025,00").payment().amount.amount_minor == 2500);
  CHECK(minor("9,500").payment().amount.amount_minor == 950);
  refused(minor("9,505"), ErrorCode::kInvalidField, "balance");
  refused(minor("9,5,0"), ErrorCode::kInvalidField, "balance");
  refused(minor("99999999999999999999,"), ErrorCode::kOutOfRange, "balance");
  refused(with_lines(":61:261124C150,505NTRFNONREF\n"), ErrorCode::kInvalidField, "61");
  refused(with_lines(":61:261124C1 150,50NTRFNONREF\n"), ErrorCode::kMalformed, "61");
  refused(with_lines(":61:261124C1'150,50NTRFNONREF\n"), ErrorCode::kMalformed, "61");
  CHECK(with_lines(":61:261124C150,50 NTRFNONREF\n").payments.size() == 1);
  // a funds code stands between side and amount
  CHECK(with_lines(":61:261124CH150,50NTRFNONREF\n").payments.size() == 1);
}

TEST_CASE("mt940: the account in whichever form", "[producers][payments]") {
  const auto account = [](const std::string& text) {
    Mt940Statement statement;
    statement.account = text;
    statement.closing = "C261124UAH1000,00";
    return map(mt940_block(statement)).statements.at(0).account;
  };
  const std::string iban = "UA213223130000026007233566001";
  for (const auto& text : {iban, "/" + iban, "322313/" + iban, iban + "/UAH", iban + "UAH",
                           std::string("UA21 3223 1300 0002 6007 2335 6600 1")}) {
    CHECK(account(text) == iban);
  }
  CHECK(account("322313/26007233566001") == "322313/26007233566001");
  CHECK(account("26007233566001UAH") == "26007233566001");
}

TEST_CASE("mt940: numbered subfields tell purpose and payer", "[producers][payments]") {
  const auto paid =
      with_details(
          ":86:166?00GUTSCHRIFT?100399?20Rechnung 501 vom 25.11.20?2126 gesamt?30COBADEFF"
          "?31DE02500105170137075030?32Romashka?33GmbH\n")
          .payment();
  CHECK(paid.purpose == "Rechnung 501 vom 25.11.20 26 gesamt");
  CHECK(paid.payer_name == "Romashka GmbH");
  REQUIRE(paid.payer_iban);
  CHECK(paid.payer_iban->text() == "DE02500105170137075030");
  // a subfield of 27 characters was cut, a line of 65 too
  CHECK(with_details(":86:166?20123456789012345678901234567?218 end\n").payment().purpose ==
        "1234567890123456789012345678 end");
  CHECK(with_details(":86:166?00ABCDEFGHIJKLMNOPQRSTUVWXYZAB?20Rechnung fuer November, gesa\nmt\n")
            .payment()
            .purpose == "Rechnung fuer November, gesamt");
  // characters are counted, not bytes: this one was not cut
  CHECK(with_details(":86:166?20Оплата за рах. № РФ-105?2120.11.2026\n").payment().purpose ==
        "Оплата за рах. № РФ-105 20.11.2026");
  CHECK(with_details(":86:166?20Оплата за товар за рахункам?21и\n").payment().purpose ==
        "Оплата за товар за рахунками");
  CHECK(with_details(":86:020<00TEXT<20pay<2131\n").payment().purpose == "pay 31");
  CHECK(with_details(":86:166?20EREF+7?21SVWZ+Rechnung 5\n").payment().purpose == "Rechnung 5");
  CHECK(with_details(":86:166?00BOOKED\n").payment().purpose == "BOOKED");
  CHECK(with_details(":86:166?20why? 7?32who\n").payment().purpose == "why? 7");
}

TEST_CASE("mt940: tags between slashes tell purpose and payer", "[producers][payments]") {
  const auto paid = with_details(
                        ":86:/EREF/E-1/BENM//NAME/JOHN DOE/IBAN/NL02ABNA0123456789/REMI/Invoice "
                        "2026/11/ISDT/2026-11-24\n")
                        .payment();
  CHECK(paid.purpose == "Invoice 2026/11");
  CHECK(paid.payer_name == "JOHN DOE");
  CHECK(paid.payer_iban->text() == "NL02ABNA0123456789");
  const auto other =
      with_details(":86:/CNTP/NL02ABNA0123456789/ABNANL2A/J DOE/CITY/REMI/USTD//rent/\n").payment();
  CHECK(other.payer_name == "J DOE");
  CHECK(other.payer_iban->text() == "NL02ABNA0123456789");
  CHECK(other.purpose == "rent/");
  CHECK(with_details(":86:/EREF/E-1/REMI//ISDT/2026-11-24\n").payment().purpose == "E-1");
}

TEST_CASE("mt940: other free text is the purpose; structure lines instead of it",
          "[producers][payments]") {
  CHECK(with_details(":86:Оплата зг. рах. 501\nвід 25.11.2026\n").payment().purpose ==
        "Оплата зг. рах. 501 від 25.11.2026");
  CHECK(with_details(":86:\n").payment().purpose == std::nullopt);
  CHECK(with_details("").payment().purpose == std::nullopt);
  const auto paid = with_details(
                        ":NS:01Verwendungszweck 1\n02Verwendungszweck 2\n15Empfänger\n"
                        "17Buchungstext\n1812345\n2004711\n")
                        .payment();
  CHECK(paid.purpose == "Verwendungszweck 1 Verwendungszweck 2");
  CHECK(paid.payer_name == "Empfänger");
  // a supplementary line of :61: is none of the purpose
  CHECK(with_lines(":61:261124C150,50NTRFNONREF//B1\nCard transaction\n:86:за товар\n")
            .payment()
            .purpose == "за товар");
}

TEST_CASE("mt940: character sets: detected where it can only be one, else asked for",
          "[producers][payments]") {
  const auto purpose = [](const std::string& bytes, std::optional<CodePage> charset = {}) {
    Mt940Statement statement;
    statement.lines = ":61:261124C150,50NTRFNONREF\n:86:" + bytes + "\n";
    return map(mt940_block(statement), charset);
  };
  CHECK(purpose("\xce\xef\xeb\xe0\xf2\xe0 \xe7\xe0 \xf2\xee\xe2\xe0\xf0").payment().purpose ==
        "Оплата за товар");  // CP1251
  CHECK(purpose("\x8e\xaf\xab\xa0\xe2\xa0 \xa7\xa0 \xe2\xae\xa2\xa0\xe0").payment().purpose ==
        "Оплата за товар");  // CP866
  CHECK(purpose("Zap\xb3"
                "ata za us\xb3"
                "ug\xea")
            .payment()
            .purpose == "Zapłata za usługę");  // CP1250
  CHECK(purpose("Empf\xe4nger f\xfcr").payment().purpose ==
        "Empfänger für");  // 1250 reads the same
  const auto unsure = purpose("\xe7\xe0 \xe2\xe0");
  refused(unsure, ErrorCode::kMalformed, "charset");
  CHECK(unsure.refused[0].error.message.find("cp1251 or cp866") != std::string::npos);
  // KOI8-U reads as CP1251 does, with capitals for small letters; an і is in it alone
  const std::string koi8 = "\xef\xd0\xcc\xc1\xd4\xc1 \xda\xc1";
  refused(purpose(koi8), ErrorCode::kMalformed, "charset");
  CHECK(purpose(koi8).refused[0].error.message.find("cp1251 or koi8-u") != std::string::npos);
  CHECK(purpose(koi8, CodePage::kKoi8U).payment().purpose == "Оплата за");
  CHECK(purpose("\xd7\xa6\xc4 \xef\xcc\xa7").payment().purpose == "від Олї");
  CHECK(purpose("\xe7\xe0 \xe2\xe0", CodePage::kCp1251).payment().purpose == "за ва");
  refused(purpose("\xe7\xe0", CodePage::kUtf8), ErrorCode::kMalformed, "charset");
  refused(purpose("\x98", CodePage::kCp1251), ErrorCode::kMalformed, "charset");
}

TEST_CASE("mt940: envelopes, headers, line ends and ends of statements", "[producers][payments]") {
  Mt940Statement statement;
  statement.lines = ":61:261124C150,50NTRFNONREF\n";
  const std::string plain = mt940_block(statement);
  std::string crlf;
  for (const char c : plain) crlf += c == '\n' ? "\r\n" : std::string(1, c);
  statement.end = "-}{5:{CHK:1}}\n";
  const std::string swift =
      "{1:F01PBANUA2XAXXX0000000000}{2:O9400000}{4:\n" + mt940_block(statement);
  statement.end = "-XXX\n";
  const std::string dutch = "0000 01INGBNL2AXXXX00001\n940 00\n:940:\n" + mt940_block(statement);
  statement.end = "";
  for (const auto& file :
       {plain, crlf, swift, dutch, mt940_block(statement), "\xef\xbb\xbf" + plain, swift + plain}) {
    const auto read = map(file);
    INFO(file);
    CHECK(read.refused.empty());
    CHECK(read.payments.size() == 1);
  }
}

TEST_CASE("mt940: pages of one statement, each with its own balances", "[producers][payments]") {
  const auto read = map(
      ":20:A\n:25:1\n:28C:7/1\n:60F:C261124UAH1,\n:61:261124C2,NTRFNONREF\n:62M:C2611243,\n-\n"
      ":20:A\n:25:1\n:28C:7/2\n:60M:C261124UAH3,\n:61:261124C2,NTRFNONREF\n:62F:C2611245,\n-\n");
  CHECK(read.refused.empty());
  CHECK(read.payments.size() == 2);
  REQUIRE(read.statements.size() == 2);
  CHECK(read.statements[1].page == 2);
  CHECK(read.statements[1].sequence == 7);
  // of the second page alone nobody knows which of the day's equal lines it has
  const auto alone = map(
      ":20:A\n:25:1\n:28C:7/2\n:60M:C261124UAH3,\n:61:261124C2,NTRFNONREF\n:62F:C2611245,\n-\n");
  refused(alone, ErrorCode::kMissingField, "61");
  CHECK(alone.refused[0].error.message.find("as one file") != std::string::npos);
}

TEST_CASE("mt940: what is no statement is refused with what to do", "[producers][payments]") {
  refused(map(""), ErrorCode::kMalformed, "");
  refused(map("<Document/>"), ErrorCode::kMalformed, "");
  for (const std::string other : {"%PDF-1.7\n\xe2\xe3", "PK\x03\x04", "\n<HTML><body>"}) {
    const auto read = map(other);
    refused(read, ErrorCode::kMalformed, "");
    CHECK(read.refused[0].error.message.find("camt.053 (XML) or MT940") != std::string::npos);
  }
  refused(map(":20:A\n:25:1\n:28C:1\n:34F:UAHD0,\n:61:261124C1,NTRFX\n-\n"),
          ErrorCode::kMissingField, "60F");
  refused(map(":20:A\n:25:1\n:28C:1\n:60F:C261124UAH1,\n"), ErrorCode::kMissingField, "62F");
  refused(map(":20:A\n:28C:1\n:60F:C261124UAH1,\n:62F:C261124UAH1,\n"), ErrorCode::kMissingField,
          "25");
  refused(map(":20:A\n:25:1\n:60F:C261124UAH1,\n:62F:C261124UAH1,\n"), ErrorCode::kMissingField,
          "28C");
  refused(map(":20:A\n:25:1\n:28C:1\n:60F:C261124DEM1,\n:62F:C261124DEM1,\n"),
          ErrorCode::kInvalidField, "60F");
  const auto half = map(":20:A\n:25:1\n:28C:1\n:60F:C261124UAє1,\n:62F:C261124UAH1,\n");
  refused(half, ErrorCode::kMalformed, "balance");
  CHECK(is_valid_utf8(half.refused[0].error.message));
  for (const std::string line :
       {"", "X", "26112", "261124", "261124X1,", "261124C", "261124CNTRF"}) {
    INFO(line);
    refused(with_lines(":61:" + line + "\n"), ErrorCode::kMalformed, "61");
  }
  const auto stray = map(mt940_block({.closing = "C261124UAH1000,00"}) + ":61:261124C1,NTRFX\n");
  refused(stray, ErrorCode::kMalformed, "61");
  CHECK(stray.statements.size() == 1);
}

TEST_CASE("mt940: what it makes is taken by the door", "[producers][payments]") {
  Mt940Statement statement;
  statement.lines =
      ":61:261124C150,50NTRFNONREF//B\t1\n:86:a\x01"
      "b\tc\n";
  const auto mapped = mt940::map_statements(
      mt940_block(statement), {.bank = {.zone = BusinessZone::named("Europe/Kyiv").value()}});
  JsonCodec codec;
  REQUIRE(mapped.events.size() == 1);
  CHECK(codec.decode_submission(encode_submission(mapped.events[0])).has_value());
  CHECK(codec.decode_submission(encode_submission(mapped.provisional.at(0))).has_value());
}
