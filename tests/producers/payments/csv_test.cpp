// Goal: a bank's table comes in as its profile says, and what could be read in two ways is refused
// by line and field. Method: one profile and one table, one oddity of them at a time; the profiles
// that are shipped, with files of the form that they describe.
#include <fmt/format.h>

#include <fstream>
#include <sstream>

#include "producers/payments/csv/mapping.h"
#include "tests/producers/payments/told.h"
#include "tests/support/catch.h"

using namespace ledger;
using namespace ledger::testing;

namespace {

const std::string kAccount = "UA213223130000026007233566001";

struct Words {
  std::string top = "delimiter = \";\"\n";
  std::string date = "column = \"Дата\"\nformat = \"dd.mm.yyyy\"\n";
  std::string amount = "column = \"Сума\"\ndecimal = \",\"\n";
  std::string currency = "fixed = \"UAH\"\n";
  std::string more =
      "[columns]\npurpose = \"Призначення\"\npayer_code = \"Код\"\n"
      "payer_name = \"Платник\"\npayer_account = \"IBAN\"\n";
};
std::string toml(const Words& words) {
  return fmt::format("{}[date]\n{}[amount]\n{}[currency]\n{}{}", words.top, words.date,
                     words.amount, words.currency, words.more);
}

Told map(const std::string& bytes, const std::string& profile, std::string account = kAccount) {
  auto parsed = bank_csv::parse_profile(profile);
  REQUIRE(parsed);
  return told(
      bank_csv::map_statement(bytes, {.bank = {.zone = BusinessZone::named("Europe/Kyiv").value()},
                                      .profile = *std::move(parsed),
                                      .account = std::move(account)}));
}

constexpr std::string_view kHeader = "Дата;Сума;Код;Платник;IBAN;Призначення\n";
Told with_rows(const std::string& rows, const Words& words = {}) {
  return map(std::string(kHeader) + rows, toml(words));
}
Told with_amount(const std::string& cell, const Words& words = {}) {
  return with_rows("24.11.2026;" + cell + ";;;;за товар\n", words);
}

void refused(const Told& read, std::string_view where, std::string_view field) {
  REQUIRE(read.refused.size() == 1);
  CHECK(read.refused[0].where == where);
  CHECK(read.refused[0].error.field == field);
  CHECK_FALSE(read.refused[0].error.message.empty());
}

std::string field_of(const std::string& profile) {
  const auto parsed = bank_csv::parse_profile(profile);
  return parsed ? "" : parsed.error().field;
}

std::string shipped(const std::string& name) {
  std::ifstream file(std::string(LEDGER_BANK_PROFILES) + "/" + name, std::ios::binary);
  std::ostringstream content;
  content << file.rdbuf();
  REQUIRE(file);
  return content.str();
}

}  // namespace

TEST_CASE("csv: a credit is a payment, outgoing money is none", "[producers][payments]") {
  const auto read = with_rows(
      "24.11.2026;1 200,50;32855961;ТОВ Ромашка;UA473052990000026009876543210;за рах. 7\n"
      "25.11.2026;-50,00;;;;комісія\n"
      "25.11.2026;0,00;;;;нічого\n");
  REQUIRE(read.refused.empty());
  REQUIRE(read.payments.size() == 1);
  const auto& paid = read.payment();
  CHECK(paid.amount.amount_minor == 120050);
  CHECK(paid.amount.currency.text() == "UAH");
  CHECK(paid.our_account == kAccount);
  CHECK(format_date(paid.booked_on) == "2026-11-24");
  CHECK(paid.payer_name->starts_with("ТОВ Ромашка"));
  CHECK(paid.payer_tax_code->text() == "32855961");
  CHECK(paid.purpose == "за рах. 7");
  CHECK(paid.bank_reference.starts_with("2026-11-24|"));
  CHECK(paid.bank_reference.ends_with("|1"));
  CHECK(read.payments[0].id == kAccount + "|" + paid.bank_reference);
  CHECK(format_timestamp(read.payments[0].time) == "2026-11-23T22:00:00Z");
  REQUIRE(read.skipped.size() == 2);
  CHECK(read.skipped[0].where == "line 3");
  CHECK(read.skipped[0].reason == "outgoing money");
}

TEST_CASE("csv: amounts as the profile says, and no other", "[producers][payments]") {
  const auto minor = [](const std::string& cell, const Words& words = {}) {
    const auto read = with_amount(cell, words);
    return read.payments.empty() ? 0 : read.payment().amount.amount_minor;
  };
  CHECK(minor("1234,5") == 123450);
  CHECK(minor("1\xc2\xa0"
              "234\xc2\xa0"
              "567,89") == 123456789);
  CHECK(minor("1\xe2\x80\xaf"
              "234,00") == 123400);
  CHECK(minor("+7") == 700);
  CHECK(minor("18,150") == 1815);
  Words dots;
  dots.amount = "column = \"Сума\"\ndecimal = \".\"\nthousands = \",\"\n";
  CHECK(minor("1,234.50", dots) == 123450);
  CHECK(minor("\"1,234,567.00\"", dots) == 123456700);
  for (const std::string cell : {"1,234,50", "1 23,00", "12345 678,00", "1.234,00", "100 грн",
                                 "18,155", ",50", "5,", "1e3", "99999999999999999999,00", "--1"}) {
    INFO(cell);
    refused(with_amount(cell), "line 2", "amount");
  }
  refused(with_amount("1,5", dots), "line 2", "amount");
  refused(with_amount(""), "line 2", "amount");
  CHECK(with_amount("\xe2\x88\x92"
                    "5,00")
            .skipped.size() == 1);
}

TEST_CASE("csv: days in the order that the profile says", "[producers][payments]") {
  const auto day = [](const std::string& format, const std::string& cell) -> std::string {
    Words words;
    words.date = fmt::format("column = \"Дата\"\nformat = \"{}\"\n", format);
    const auto read = with_rows(cell + ";5,00;;;;x\n", words);
    return read.payments.empty() ? read.refused.at(0).error.field
                                 : format_timestamp(read.payments[0].time);
  };
  CHECK(day("dd.mm.yyyy", "01.02.2026") == "2026-01-31T22:00:00Z");
  CHECK(day("mm/dd/yyyy", "01/02/2026") == "2026-01-01T22:00:00Z");
  CHECK(day("yyyy-mm-dd HH:MM:SS", "2026-02-01 10:11:12") == "2026-02-01T08:11:12Z");
  CHECK(day("d.m.yy H:MM", "1.2.26 9:05") == "2026-02-01T07:05:00Z");
  for (const std::string cell : {"1.2.2026", "30.02.2026", "01.02.2026 10:00", "01-02-2026",
                                 "01.02.1026", "", "01.13.2026"}) {
    INFO(cell);
    CHECK(day("dd.mm.yyyy", cell) == "date");
  }
  CHECK(day("dd.mm.yyyy HH:MM", "01.02.2026 24:00") == "date");
}

TEST_CASE("csv: two columns, or a word, say the side", "[producers][payments]") {
  Words two;
  two.amount = "credit = \"Кредит\"\ndebit = \"Дебет\"\ndecimal = \".\"\n";
  two.more = "";
  const auto of_two = [&](const std::string& rows) {
    return map("Дата;Дебет;Кредит\n" + rows, toml(two));
  };
  const auto read = of_two("24.11.2026;;7.00\n24.11.2026;5.00;\n24.11.2026;0.00;8.00\n");
  REQUIRE(read.refused.empty());
  REQUIRE(read.payments.size() == 2);
  CHECK(read.payment(1).amount.amount_minor == 800);
  CHECK(read.skipped.size() == 1);
  refused(of_two("24.11.2026;5.00;7.00\n"), "line 2", "credit");
  refused(of_two("24.11.2026;;\n"), "line 2", "credit");
  refused(of_two("24.11.2026;;-7.00\n"), "line 2", "credit");

  Words word;
  word.amount =
      "column = \"Сума\"\ndecimal = \".\"\ndirection = \"Тип\"\n"
      "credit_words = [\"C\", \"Надходження\"]\ndebit_words = \"D\"\n";
  word.more = "";
  const auto of_word = [&](const std::string& rows) {
    return map("Дата;Сума;Тип\n" + rows, toml(word));
  };
  const auto said = of_word("24.11.2026;7.00;НАДХОДЖЕННЯ\n24.11.2026;5.00;d\n");
  REQUIRE(said.refused.empty());
  CHECK(said.payments.size() == 1);
  CHECK(said.skipped.size() == 1);
  refused(of_word("24.11.2026;7.00;K\n"), "line 2", "direction");
  refused(of_word("24.11.2026;-7.00;C\n"), "line 2", "amount");
}

TEST_CASE("csv: the header is found below what stands above it", "[producers][payments]") {
  const auto read =
      map("sep=;\n\"Виписка за рахунком\";UA21\n\n  дата ;СУМА;Код;Платник;IBAN;Призначення ;\n"
          "24.11.2026;5,00;;;;x;\n;;;\nВсього:;5,00\n",
          "total_rows = [\"всього\"]\n" + toml({}));
  REQUIRE(read.refused.empty());
  CHECK(read.payments.size() == 1);
  REQUIRE(read.skipped.size() == 1);
  CHECK(read.skipped[0].reason == "sums up other rows");
  const auto other = map("Дата;Сума;Код\n24.11.2026;5,00;\n", toml({}));
  refused(other, "file", "header");
  CHECK(other.refused[0].error.message.find("without 'Платник', 'IBAN', 'Призначення'.") !=
        std::string::npos);
  CHECK(other.refused[0].error.message.find("nothing of this file") != std::string::npos);
  refused(map("", toml({})), "file", "header");
  refused(map("Дата;Сума;Сума;Код;Платник;IBAN;Призначення\n", toml({})), "file", "header");
}

TEST_CASE("csv: columns by number need no header", "[producers][payments]") {
  const std::string profile =
      "delimiter = \"tab\"\nfirst_row = 2\n[date]\ncolumn = 1\nformat = \"yyyy-mm-dd\"\n[amount]\n"
      "column = 3\ndecimal = \".\"\n[currency]\ncolumn = 4\n[currency_words]\n\"грн\" = \"UAH\"\n";
  const auto read =
      map("a\tb\tc\td\n2026-11-24\t\t5.00\t978\n2026-11-24\t\t6.00\tГРН\n2026-11-24\t\t6\tXYZ\n",
          profile);
  REQUIRE(read.payments.size() == 2);
  CHECK(read.payment(0).amount.currency.text() == "EUR");
  CHECK(read.payment(1).amount.currency.text() == "UAH");
  refused(read, "line 4", "currency");
}

TEST_CASE("csv: quotes and delimiters inside of texts", "[producers][payments]") {
  const std::string quoted = "24.11.2026;5,00;;\"ТОВ \"\"Ромашка; і Ко\"\"\";;\"за\nтовар\"\n";
  const auto read = with_rows(quoted);
  REQUIRE(read.payments.size() == 1);
  CHECK(read.payment().payer_name == "ТОВ \"Ромашка; і Ко\"");
  CHECK(read.payment().purpose == "за\nтовар");
  const std::string bare = "24.11.2026;5,00;;ТОВ \"Ромашка\";;x\n";
  refused(with_rows(bare), "line 2", "record");
  Words none;
  none.top += "quotes = false\n";
  CHECK(with_rows(bare, none).payment().payer_name == "ТОВ \"Ромашка\"");
  refused(with_rows("24.11.2026;5,00;;ТОВ;;x;y\n"), "line 2", "record");
}

TEST_CASE("csv: a control character is no text of an event", "[producers][payments]") {
  refused(with_rows("24.11.2026;5,00;;;;a\x01z\n"), "line 2", "record");
  CHECK(with_rows("24.11.2026;5,00;;;;\"за\r\nтовар\"\r\n").payment().purpose == "за\nтовар");
}

TEST_CASE("csv: every encoding gives the same ledger", "[producers][payments]") {
  const std::string_view cp1251 =
      "\xc4\xe0\xf2\xe0;\xd1\xf3\xec\xe0\n24.11.2026;1\xa0"
      "200,00\n";
  Words words;
  words.more = "";
  const std::string utf8 =
      "Дата;Сума\n24.11.2026;1\xc2\xa0"
      "200,00\n";
  const auto one = map(std::string(cp1251), "encoding = \"cp1251\"\n" + toml(words));
  const auto other = map("\xef\xbb\xbf" + utf8, toml(words));
  std::string utf16 = "\xff\xfe";
  for (const char16_t unit : std::u16string_view(u"Дата;Сума\r\n24.11.2026;1\u00a0200,00\r\n")) {
    utf16 += static_cast<char>(unit & 0xff);
    utf16 += static_cast<char>(unit >> 8);
  }
  const auto third = map(utf16, "encoding = \"utf-16\"\n" + toml(words));
  REQUIRE(one.payments.size() == 1);
  REQUIRE(other.payments.size() == 1);
  REQUIRE(third.payments.size() == 1);
  // The key is of the cells' bytes: a space that does not break is the same one in all three.
  CHECK(one.payments[0].id == other.payments[0].id);
  CHECK(third.payments[0].id == other.payments[0].id);
  refused(map(std::string(cp1251), "encoding = \"utf-8\"\n" + toml(words)), "file", "encoding");
  refused(map(std::string("\0\0", 2), toml(words)), "file", "encoding");
}

TEST_CASE("csv: a booking is known again, and two equal ones are two", "[producers][payments]") {
  const std::string twice = "24.11.2026;5,00;;;;x\n24.11.2026;5,00;;;;x\n";
  const auto read = with_rows(twice + "25.11.2026;5,00;;;;x\n");
  REQUIRE(read.payments.size() == 3);
  CHECK(read.payments[0].id.substr(0, 70) == read.payments[1].id.substr(0, 70));
  CHECK(read.payments[1].id.ends_with("|2"));
  CHECK(read.payments[2].id.ends_with("|1"));
  // What the profile leaves out of the key may be read otherwise, and is the same booking.
  Words keyed;
  keyed.more += "[key]\ncolumns = [\"Дата\", \"Сума\"]\n";
  CHECK(with_rows("24.11.2026;5,00;;;;x\n", keyed).payments[0].id ==
        with_rows("24.11.2026;5,00;;;;за товар\n", keyed).payments[0].id);
  // The bank's own reference, where it has one.
  keyed.more = "[key]\nreference = \"Код\"\n";
  const auto referenced = with_rows(
      "24.11.2026;5,00;A1;;;\n24.11.2026;5,00;A1;;;\n24.11.2026;5,00;;;;\n24.11.2026;5,00;№ 7;;;\n",
      keyed);
  REQUIRE(referenced.payments.size() == 3);
  CHECK(referenced.payments[0].id == kAccount + "|A1");
  CHECK(referenced.payment(2).bank_reference.starts_with("ref-"));
  CHECK(referenced.skipped.size() == 1);
  refused(with_rows("24.11.2026;5,00;A1;;;\n24.11.2026;6,00;A1;;;\n", keyed), "line 3",
          "bank_reference");
}

TEST_CASE("csv: whose statement it is has to be said", "[producers][payments]") {
  const std::string rows = std::string(kHeader) + "24.11.2026;5,00;;;;x\n";
  refused(map(rows, toml({}), ""), "line 2", "account");
  refused(map(rows, toml({}), "UA00 1234"), "line 2", "account");
  CHECK(map(rows, toml({}), "UA21 322313 0000026007233566001").payment().our_account == kAccount);
  Words fixed;
  fixed.more = "[account]\nfixed = \"26001234\"\n" + fixed.more;
  CHECK(map(rows, toml(fixed), "").payment().our_account == "26001234");
}

TEST_CASE("csv: what is no code or IBAN is kept beside the name", "[producers][payments]") {
  const auto read = with_rows(
      "24.11.2026;5,00;123;ТОВ Ромашка;26001234;x\n"
      "24.11.2026;5,00;0000000000;;;x\n");
  REQUIRE(read.payments.size() == 2);
  CHECK(read.payment(0).payer_name == "ТОВ Ромашка (код 123) (рахунок 26001234)");
  CHECK_FALSE(read.payment(0).payer_tax_code);
  CHECK_FALSE(read.payment(0).payer_iban);
  CHECK_FALSE(read.payment(1).payer_tax_code);
  CHECK_FALSE(read.payment(1).payer_name);
}

TEST_CASE("csv: what is not booked yet is no payment", "[producers][payments]") {
  Words words;
  words.more = "[state]\ncolumn = \"Код\"\nbooked = [\"Проведено\"]\n";
  const auto read =
      with_rows("24.11.2026;5,00;В обробці;;;\n24.11.2026;5,00;проведено;;;\n", words);
  REQUIRE(read.payments.size() == 1);
  CHECK(read.payments[0].id.ends_with("|1"));
  REQUIRE(read.skipped.size() == 1);
  CHECK(read.skipped[0].reason == "not booked yet (В обробці)");
}

TEST_CASE("csv: a profile's mistake is named", "[producers][payments]") {
  const auto with = [](auto change) {
    Words words;
    change(words);
    return field_of(toml(words));
  };
  CHECK(with([](Words&) {}) == "");
  CHECK(with([](Words& w) { w.top = ""; }) == "delimiter");
  CHECK(with([](Words& w) { w.top = "delimiter = \"x\"\n"; }) == "delimiter");
  CHECK(with([](Words& w) { w.top += "encoding = \"ebcdic\"\n"; }) == "encoding");
  CHECK(with([](Words& w) { w.top += "quotes = 1\n"; }) == "quotes");
  CHECK(with([](Words& w) { w.top += "first_row = 0\n"; }) == "first_row");
  CHECK(with([](Words& w) { w.date = "format = \"dd.mm.yyyy\"\n"; }) == "date.column");
  CHECK(with([](Words& w) { w.date = "column = 1\n"; }) == "date.format");
  CHECK(with([](Words& w) { w.date = "column = 1\nformat = \"dd.mm\"\n"; }) == "date.format");
  CHECK(with([](Words& w) { w.date = "column = 1\nformat = \"dd.mm.yyyyy\"\n"; }) == "date.format");
  CHECK(with([](Words& w) { w.date = "column = 1\nformat = \"dd.mm.yyyy T\"\n"; }) ==
        "date.format");
  CHECK(with([](Words& w) { w.amount = "decimal = \",\"\n"; }) == "amount");
  CHECK(with([](Words& w) { w.amount = "column = 1\n"; }) == "amount.decimal");
  CHECK(with([](Words& w) { w.amount += "thousands = \",\"\n"; }) == "amount.thousands");
  CHECK(with([](Words& w) { w.amount += "credit = 2\n"; }) == "amount");
  CHECK(with([](Words& w) { w.amount += "direction = 2\n"; }) == "amount.direction");
  CHECK(with([](Words& w) {
          w.amount += "direction = 2\ncredit_words = [\"C\"]\ndebit_words = [\"c\"]\n";
        }) == "amount.credit_words");
  CHECK(with([](Words& w) { w.currency = ""; }) == "currency");
  CHECK(with([](Words& w) { w.currency = "fixed = \"XYZ\"\n"; }) == "currency.fixed");
  CHECK(with([](Words& w) { w.more += "payer = 1\n"; }) == "columns.payer");
  CHECK(with([](Words& w) { w.more += "[state]\ncolumn = 1\n"; }) == "state");
  CHECK(with([](Words& w) { w.more += "[key]\ncolumns = [0]\n"; }) == "key.columns");
  const auto broken = bank_csv::parse_profile("delimiter = ;\n");
  REQUIRE_FALSE(broken);
  CHECK(broken.error().code == ErrorCode::kMalformed);
  CHECK(broken.error().message.find("line 1") != std::string::npos);
}

TEST_CASE("csv: the shipped profiles read what they describe", "[producers][payments]") {
  const auto privat =
      map("ЄДРПОУ;МФО;Рахунок;Валюта;Номер документу;Дата операції;МФО банку;Назва банку;Рахунок "
          "кореспондента;ЄДРПОУ кореспондента;Кореспондент;Сума;Призначення платежу;\n"
          "12345678;305299;" +
              kAccount +
              ";UAH;1;24.11.2026;305299;АТ КБ \"ПРИВАТБАНК\";UA1;32855961;ТОВ "
              "\"Ромашка\";10 000.00;за рах. 7;\n",
          shipped("privatbank.toml"), "");
  REQUIRE(privat.refused.empty());
  CHECK(privat.payment().amount.amount_minor == 1000000);
  CHECK(privat.payment().payer_name->starts_with("ТОВ \"Ромашка\""));
  CHECK(privat.payment().payer_tax_code->text() == "32855961");
  const auto ibank =
      map("ЄДРПОУ;МФО;Рахунок;Валюта;Дата операції;Код операції;МФО банку;Назва банку;Рахунок "
          "кореспондента;ЄДРПОУ кореспондента;Кореспондент;Документ;Дата документу;Дебет;Кредит;"
          "Призначення платежу;Гривневе покриття;Ідентифікатор операції\n"
          "76345670;300335;" +
              kAccount +
              ";UAH;24.11.2026 10:01:43;;300335;\"АТ \"\"Банк\"\" \";UA6;"
              "32855961;\"ТОВ \"\"Ромашка\"\" \";1;24.11.2026;;100.11;за послуги;0.00;15580\n",
          shipped("ibank2.toml"), "");
  REQUIRE(ibank.refused.empty());
  CHECK(ibank.payments[0].id == kAccount + "|15580");
  CHECK(format_timestamp(ibank.payments[0].time) == "2026-11-24T08:01:43Z");
  const auto mono =
      map("Дата операції,Деталі операції,Контрагент,ЄДРПОУ контрагента,Сума операції\n"
          "24.11.2026 10:01:43,за рах. 7,ТОВ Ромашка,32855961,\"1 000.50\"\n",
          shipped("monobank-business.toml"));
  REQUIRE(mono.refused.empty());
  CHECK(mono.payment().amount.amount_minor == 100050);
  const auto generic = map(
      "Дата;Сума;Рахунок;Контрагент;ЄДРПОУ контрагента;Рахунок контрагента;Призначення платежу\n"
      "24.11.2026;5,00;" +
          kAccount + ";ТОВ;32855961;;за товар\n",
      shipped("generic.toml"), "");
  REQUIRE(generic.refused.empty());
  CHECK(generic.payments.size() == 1);
}
