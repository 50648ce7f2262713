// Goal: the register of debts on paper says of a debt in a foreign currency what it is in hryvnias,
// by which rate of which day, and says so where no rate is known (domain-semantics.md 4b,
// currency). Method: a house with debts in hryvnias, in a currency with a rate and in one without.
#include <fmt/format.h>

#include <string>

#include "tests/support/catch.h"
#include "tests/support/house.h"

namespace ledger::testing {

namespace {

void tell(House& house, std::string_view id, std::string_view type, std::string_view data) {
  const auto response = house.post(fmt::format(
      R"({{"specversion":"1.0","id":"{}","source":"test","type":"org.salesledger.{}.v1","time":"2026-11-24T08:00:00Z","data":{}}})",
      id, type, data));
  INFO(response.body);
  REQUIRE(response.status == 201);
}

void owe(House& house, std::string_view id, std::int64_t minor, std::string_view currency) {
  tell(
      house, id, "invoice.issued",
      fmt::format(
          R"({{"invoice_id":"{0}","number":"{0}","client_id":"c-1","issued_on":"2026-11-20","due_on":"2026-12-14","amount":{{"amount_minor":{1},"currency":"{2}"}}}})",
          id, minor, currency));
}

void publish(House& house, std::string_view currency, std::string_view date, std::int64_t rate) {
  tell(house, fmt::format("{} {}", currency, date), "fx_rate.published",
       fmt::format(R"({{"currency":"{}","date":"{}","rate_e6":{}}})", currency, date, rate));
}

void fill(House& house) {
  tell(house, "card", "client.registered", R"({"client_id":"c-1","name":"ТОВ Ромашка"})");
  owe(house, "i-1", 10'001, "USD");
  owe(house, "i-2", 500, "UAH");
  owe(house, "i-3", 7'000, "KZT");
  publish(house, "USD", "2026-11-23", 41'500'000);
  publish(house, "USD", "2026-11-24", 41'605'050);
  house.set_now("2026-11-25T12:00:00Z");
}

std::string print_of(House& house, std::string_view question) {
  return house.get(fmt::format("/v1/receivables?{}", question)).body;
}

bool holds(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

// 100.01 x 41.60505 is 4160.9210.
TEST_CASE("ageing: the page has hryvnias beside a foreign balance, with the rate and its date",
          "[print]") {
  House house;
  fill(house);
  const auto page = print_of(house, "format=html&lang=uk");
  INFO(page);
  CHECK(holds(page, "<h2>USD</h2>\n<p>Курс НБУ 41,60505 грн за 1 USD на 24.11.2026.</p>"));
  CHECK(holds(page, "<td class=\"number\">100,01</td><td class=\"number\">4\u00a0160,92</td>"));
  CHECK(holds(page,
              "<td>Разом</td><td class=\"number\">100,01</td><td "
              "class=\"number\">4\u00a0160,92</td>"));
  // Hryvnias are hryvnias.
  CHECK(holds(page, "<h2>грн</h2>\n<table"));
  CHECK(holds(page, "<td class=\"number\">5,00</td><td class=\"number\">5,00</td>"));
  // No rate: no figure, rather than nought.
  CHECK(holds(page, "<p>Курс НБУ для KZT на цю дату невідомий: у гривнях не показано.</p>"));
  CHECK(holds(page, "<td class=\"number\">70,00</td><td class=\"number\"></td>"));
  const auto english = print_of(house, "format=html&lang=en&currency=USD");
  CHECK(holds(english, "NBU rate 41.60505 UAH for 1 USD as of 24\u00a0Nov\u00a02026."));
  CHECK(holds(english, "<th class=\"number\">Balance, UAH at the NBU rate</th>"));
  CHECK_FALSE(holds(print_of(house, "format=html&currency=UAH"), "НБУ"));
}

TEST_CASE("ageing: the tables have hryvnias, the rate and its date as columns", "[print]") {
  House house;
  fill(house);
  const auto table = print_of(house, "format=csv");
  INFO(table);
  CHECK(holds(table, ",choice,balance_uah_minor,rate_e6,rate_date\r\n"));
  CHECK(holds(table,
              ",USD,10001,10001,0,0,0,0,0,0,receivables.collected,due,,416092,41605050,"
              "2026-11-24\r\n"));
  CHECK(holds(table, ",UAH,500,500,0,0,0,0,0,0,receivables.collected,due,,,,\r\n"));
  CHECK(holds(table, ",KZT,7000,7000,0,0,0,0,0,0,receivables.collected,due,,,,\r\n"));
  const auto excel = print_of(house, "format=csv&csv=excel");
  INFO(excel);
  CHECK(holds(excel,
              "\r\nКурс НБУ для KZT на цю дату невідомий: у гривнях не показано.\r\n"
              "Курс НБУ 41,60505 грн за 1 USD на 24.11.2026.\r\n\r\nКод;"));
  CHECK(holds(excel, ";Не рознесено;Сальдо, грн за курсом НБУ;Курс НБУ;Дата курсу\r\n"));
  CHECK(
      holds(excel, ";USD;100,01;100,01;0,00;0,00;0,00;0,00;0,00;4160,92;41,60505;2026-11-24\r\n"));
  CHECK(holds(excel, ";KZT;70,00;70,00;0,00;0,00;0,00;0,00;0,00;;;\r\n"));
}

TEST_CASE("ageing: the rate is that of the date which is asked about", "[print]") {
  House house;
  fill(house);
  CHECK(holds(print_of(house, "format=html&as_of=2026-11-23"),
              "Курс НБУ 41,5000 грн за 1 USD на 23.11.2026."));
  const auto before = print_of(house, "format=html&as_of=2026-11-22");
  CHECK(holds(before, "Курс НБУ для USD на цю дату невідомий"));
  CHECK_FALSE(holds(before, ">0,00<"));
}

}  // namespace ledger::testing
