// Goal: of monobank's entries money that came is a payment once it is settled, in the account's own
// currency, and nothing else is. Method: one credit, and one member of it otherwise at a time.
#include "producers/payments/monobank/mapping.h"

#include "producers/payments/currency_numbers.h"
#include "tests/producers/payments/bank_answers.h"
#include "tests/producers/payments/told.h"
#include "tests/support/catch.h"

using namespace ledger;
using namespace ledger::testing;

namespace {

Result<monobank::Statement> statement(const std::string& json, Currency currency = {}) {
  const monobank::Settings settings{
      .bank = {.zone = BusinessZone::named("Europe/Kyiv").value(), .source = "monobank"},
      .own_codes = {"32855961"},
      .own_accounts = {kHouseAccount}};
  return monobank::map_statement(json, {"acc", kHouseAccount, currency}, settings);
}

Told map(const Members& changes, Currency currency = {}) {
  auto mapped = statement(mono_list({mono_item(changes)}), currency);
  REQUIRE(mapped);
  return told(std::move(mapped->told));
}

void skipped(const Members& changes, std::string_view reason) {
  const auto read = map(changes);
  CHECK(read.payments.empty());
  REQUIRE(read.skipped.size() == 1);
  CHECK(read.skipped[0].reason == reason);
}

}  // namespace

TEST_CASE("monobank: a settled credit is a payment", "[producers][payments]") {
  const auto read = map({});
  REQUIRE(read.payments.size() == 1);
  CHECK(read.payments[0].source == "monobank");
  CHECK(read.payments[0].id == std::string(kHouseAccount) + "|ZuHWzqkKGVo=");
  CHECK(format_timestamp(read.payments[0].time) == "2026-11-24T08:15:00Z");
  const auto& paid = read.payment();
  CHECK(paid.amount == Money{15050, {}});
  CHECK(format_date(paid.booked_on) == "2026-11-24");
  CHECK(paid.payer_tax_code->text() == "00032129");
  CHECK(paid.payer_iban->text() == kPayerAccount);
  CHECK(paid.purpose == "Від: ТОВ Ромашка; За товар, рах. 7");
}

TEST_CASE("monobank: the amount is in the account's currency", "[producers][payments]") {
  // The client paid 400.00 dollars, 15,050 kopecks came.
  const auto read = map({{"operationAmount", "40000"}, {"currencyCode", "840"}});
  CHECK(read.payment().amount == Money{15050, {}});
  const auto euro = map({}, Currency::parse("EUR").value());
  CHECK(euro.payment().amount.currency.text() == "EUR");
}

TEST_CASE("monobank: what is no client's money is left out", "[producers][payments]") {
  skipped({{"amount", "-15050"}}, "outgoing money");
  skipped({{"amount", "0"}}, "outgoing money");
  skipped({{"hold", "true"}}, "on hold: not settled yet");
}

TEST_CASE("monobank: money between own accounts is no client's", "[producers][payments]") {
  const std::string item = mono_item();
  for (const auto& [from, to] :
       {std::pair<std::string, std::string>{"00032129", "32855961"},
        std::pair<std::string, std::string>{kPayerAccount, kHouseAccount}}) {
    std::string own = item;
    own.replace(own.find(from), from.size(), to);
    const auto read = statement(mono_list({own}));
    REQUIRE(read);
    CHECK(read->told.events.empty());
    CHECK(read->told.skipped.at(0).reason == "between own accounts");
  }
}

TEST_CASE("monobank: a row that cannot be read is kept and holds up no other",
          "[producers][payments]") {
  const auto read = statement(mono_list({mono_item({{"id", ""}}), mono_item({{"time", "-1"}}), "5",
                                         mono_item({{"amount", "1.5"}}),
                                         mono_item({{"id", "good"}}), R"({"id":1,"id":2})"}));
  REQUIRE(read);
  CHECK(read->told.events.size() == 1);
  REQUIRE(read->told.refused.size() == 5);
  CHECK(read->told.refused[0].error.field == "id");
  CHECK(read->told.refused[1].error.field == "time");
  CHECK(read->told.refused[2].error.code == ErrorCode::kMalformed);
  CHECK(read->told.refused[3].error.field == "amount");
  CHECK(read->told.refused[4].error.code == ErrorCode::kDuplicateName);
}

TEST_CASE("monobank: every entry is told for paging and for the webhook", "[producers][payments]") {
  const auto read = statement(
      mono_list({mono_item({{"id", "b"}, {"amount", "-5"}}), mono_item({{"hold", "true"}})}));
  REQUIRE(read);
  REQUIRE(read->items.size() == 2);
  CHECK(read->items[0].id == "b");
  CHECK(format_timestamp(read->items[1].time) == "2026-11-24T08:15:00Z");
}

TEST_CASE("monobank: what is no whole list is no statement", "[producers][payments]") {
  const std::string whole = mono_list({mono_item()});
  for (std::size_t length = 0; length < whole.size(); length += 13) {
    CHECK_FALSE(statement(whole.substr(0, length)));
  }
  CHECK_FALSE(statement(R"({"errorDescription":"Too many requests"})"));
  CHECK(statement("[]")->items.empty());
}

TEST_CASE("monobank: accounts, their currencies and codes", "[producers][payments]") {
  const auto info = monobank::read_client_info(
      R"({"name":"Х","webHookUrl":"https://h/x","accounts":[{"id":"a","currencyCode":980,)"
      R"("iban":"UA1"},{"id":"b","currencyCode":840},{"id":"c","currencyCode":999}],)"
      R"("managedClients":[{"tin":"32855961","accounts":[{"id":"d","currencyCode":978}]}]})");
  REQUIRE(info);
  REQUIRE(info->accounts.size() == 3);
  CHECK(info->accounts[0].name == "UA1");
  CHECK(info->accounts[1].name == "b");
  CHECK(info->accounts[1].currency.text() == "USD");
  CHECK(info->accounts[2].currency.text() == "EUR");
  CHECK(info->own_codes == std::vector<std::string>{"32855961"});
  CHECK(info->webhook_url == "https://h/x");
  CHECK_FALSE(monobank::read_client_info(R"({"name":"Х"})"));
}

TEST_CASE("monobank: a hint names the account and the entry", "[producers][payments]") {
  const auto hint = monobank::read_hint(
      R"({"type":"StatementItem","data":{"account":"acc","statementItem":)" + mono_item() + "}}");
  REQUIRE(hint);
  REQUIRE(*hint);
  CHECK((*hint)->account == "acc");
  CHECK((*hint)->item == "ZuHWzqkKGVo=");
  CHECK_FALSE(monobank::read_hint(R"({"type":"Other"})")->has_value());
  CHECK_FALSE(monobank::read_hint(R"({"type":"StatementItem"})"));
  CHECK_FALSE(monobank::read_hint("x"));
}

TEST_CASE("banks: a currency's number and its decimals", "[producers][payments]") {
  CHECK(bank::currency_numbered(980)->text() == "UAH");
  CHECK(bank::currency_numbered(36)->text() == "AUD");
  CHECK(bank::currency_numbered(392)->exponent() == 0);
  CHECK(bank::currency_numbered(414)->exponent() == 3);
  CHECK_FALSE(bank::currency_numbered(0));
}
