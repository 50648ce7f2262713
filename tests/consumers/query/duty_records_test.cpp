// Goal: the table of a duty's records for a spreadsheet says what the records say. Method: a house
// with few of them; what JSON can say is in tests/scenarios/text/duty_records.scenario.
#include <fmt/format.h>

#include <string>

#include "tests/support/catch.h"
#include "tests/support/house.h"

namespace ledger::testing {

namespace {

void tell(House& house, std::string_view id, std::string_view type, std::string_view time,
          std::string_view data) {
  const auto response = house.post(fmt::format(
      R"({{"specversion":"1.0","id":"{}","source":"test","type":"org.salesledger.{}.v1","time":"{}","data":{}}})",
      id, type, time, data));
  INFO(response.body);
  REQUIRE(response.status == 201);
}

std::string offers_of(House& house, std::string_view parameters) {
  return house.get(fmt::format("/v1/duties/offers.bundles/records?{}", parameters)).body;
}

std::string position_of(const std::string& json) {
  const std::size_t at = json.find(R"("position":")", json.find(R"("items":)")) + 12;
  return json.substr(at, json.find('"', at) - at);
}

}  // namespace

TEST_CASE("duty records: a column for each member, a list in one cell, all pages", "[duties]") {
  House house("2026-11-30T15:00:00Z");
  tell(
      house, "e-1", "offer.described", "2026-11-02T09:00:00Z",
      R"({"client_id":"c-1","manager_id":"m-1","offer_ref":"=1+1","characteristics":true,"price_range":false,"purchase_terms":false,"bundle":["гарантія","доставка"]})");
  const std::string first = position_of(offers_of(house, ""));
  tell(
      house, "e-2", "offer.described", "2026-11-03T09:00:00Z",
      R"({"client_id":"c-2","manager_id":"m-2","offer_ref":"<b@x>","characteristics":false,"price_range":true,"purchase_terms":true,"price":{"amount_minor":100,"currency":"UAH"}})");
  const std::string second = position_of(offers_of(house, "client=c-2"));
  CHECK(offers_of(house, "format=csv&limit=1") ==
        fmt::format("duty_id,type,day,time,manager_id,client_id,position,bundle,characteristics,"
                    "offer_ref,price.amount_minor,price.currency,price_range,purchase_terms\r\n"
                    "offers.bundles,offer.described,2026-11-03,2026-11-03T09:00:00Z,m-2,c-2,{},,"
                    "false,<b@x>,100,UAH,true,true\r\n"
                    "offers.bundles,offer.described,2026-11-02,2026-11-02T09:00:00Z,m-1,c-1,{},"
                    "гарантія; доставка,true,\"'=1+1\",,,false,false\r\n",
                    second, first));
}

TEST_CASE("duty records: of nothing there is a table without rows", "[duties]") {
  House house("2026-11-30T15:00:00Z");
  CHECK(offers_of(house, "format=csv") ==
        "duty_id,type,day,time,manager_id,client_id,position\r\n");
}

TEST_CASE("duty records: a table over them, with its sums by currency", "[duties]") {
  House house("2026-11-30T15:00:00Z");
  tell(
      house, "e-1", "contract.signed", "2026-11-02T09:00:00Z",
      R"({"contract_id":"d-1","number":"1","client_id":"c-1","manager_id":"m-1","signed_on":"2026-11-02","amount":{"amount_minor":123450,"currency":"UAH"}})");
  tell(
      house, "e-2", "contract.signed", "2026-11-03T09:00:00Z",
      R"({"contract_id":"d-2","number":"2","client_id":"c-2","manager_id":"m-1","signed_on":"2026-11-03","amount":{"amount_minor":50,"currency":"UAH"}})");
  tell(
      house, "e-3", "contract.signed", "2026-11-04T09:00:00Z",
      R"({"contract_id":"d-3","number":"3","client_id":"c-3","manager_id":"m-2","signed_on":"2026-11-04","amount":{"amount_minor":700,"currency":"EUR"}})");
  const std::string path = "/v1/duties/contracts.pay_base/records?";
  CHECK(house.get(path + "format=csv&table=1").body ==
        "duty_id,event,manager_id,kind,count,sum_EUR,sum_UAH,first_on,last_on\r\n"
        "contracts.pay_base,contract.signed,m-1,contract,2,,1235.00,2026-11-02,2026-11-03\r\n"
        "contracts.pay_base,contract.signed,m-2,contract,1,7.00,,2026-11-04,2026-11-04\r\n");
  CHECK(house.get(path + "table=1").body.find("goes with format=csv") != std::string::npos);
  tell(house, "card", "client.registered", "2026-11-01T09:00:00Z",
       R"({"client_id":"c-1","name":"ТОВ Ромашка"})");
  tell(house, "owner", "client.assigned", "2026-11-01T09:00:00Z",
       R"({"client_id":"c-1","manager_id":"m-2","effective_from":"2026-11-01"})");
  tell(
      house, "p-1", "payment.received", "2026-11-05T09:00:00Z",
      R"({"client_id":"c-1","bank_reference":"R-1","our_account":"UA1","booked_on":"2026-11-05","amount":{"amount_minor":900,"currency":"UAH"}})");
  CHECK(house.get(path + "format=csv&table=2").body ==
        "duty_id,event,owner_id,count,sum_UAH,first_on,last_on\r\n"
        "contracts.pay_base,payment.received,m-2,1,9.00,2026-11-05,2026-11-05\r\n");
  for (const std::string_view wrong : {"0", "3", "-1", "1x"}) {
    INFO(wrong);
    const auto refused = house.get(path + "format=csv&table=" + std::string(wrong));
    CHECK(refused.status == 422);
    CHECK(refused.body.find("is a number from 1 to 2") != std::string::npos);
  }
  const auto second = house.get("/v1/duties/terms.observed/records?format=csv&table=2");
  CHECK(second.body.find("the duty has one table: 1") != std::string::npos);
  const auto none = house.get("/v1/duties/methods.free/records?format=csv&table=1");
  CHECK(none.status == 200);
}

TEST_CASE("duty records: money in a table's key is written as money", "[duties]") {
  House house("2026-11-30T15:00:00Z");
  tell(
      house, "e-1", "credit_limit.set", "2026-11-02T09:00:00Z",
      R"({"client_id":"c-1","amount":{"amount_minor":10000050,"currency":"UAH"},"effective_from":"2026-11-02","approved_by":"директор"})");
  tell(
      house, "e-2", "credit_limit.set", "2026-11-03T09:00:00Z",
      R"({"client_id":"c-2","amount":{"amount_minor":1234,"currency":"JPY"},"effective_from":"2026-11-02","approved_by":"директор"})");
  CHECK(house.get("/v1/duties/terms.observed/records?format=csv&table=1").body ==
        "duty_id,event,client_id,effective_from,amount,amount.currency,approved_by,count,first_on,"
        "last_on\r\n"
        "terms.observed,credit_limit.set,c-1,2026-11-02,100000.50,UAH,директор,1,2026-11-02,"
        "2026-11-02\r\n"
        "terms.observed,credit_limit.set,c-2,2026-11-02,1234,JPY,директор,1,2026-11-03,"
        "2026-11-03\r\n");
  tell(
      house, "e-3", "plan.set", "2026-11-04T09:00:00Z",
      R"({"plan_id":"p-1","manager_id":"m-1","month":"2026-12-01","items":[{"metric":"turnover","target":10000050,"text":"Фарби"}]})");
  CHECK(house.get("/v1/duties/plan.sales/records?format=csv&table=2").body ==
        "duty_id,event,manager_id,about_month,items.text,items.metric,items.target_UAH,count,"
        "first_on,last_on\r\n"
        "plan.sales,plan.set,m-1,2026-12,Фарби,turnover,100000.50,1,2026-11-04,2026-11-04\r\n");
}

TEST_CASE("offer checks: a price stands in the table as money, beside its currency", "[duties]") {
  House house("2026-11-30T15:00:00Z");
  tell(house, "e-1", "client.registered", "2026-11-01T09:00:00Z",
       R"({"client_id":"c-1","name":"ТОВ Ромашка"})");
  tell(
      house, "e-2", "product.registered", "2026-11-01T09:00:00Z",
      R"({"product_id":"p-1","name":"Фарба","manager_id":"m-1","least_price":{"amount_minor":17000,"currency":"UAH"}})");
  tell(
      house, "e-3", "offer.described", "2026-11-02T09:00:00Z",
      R"({"client_id":"c-1","manager_id":"m-1","offer_ref":"k-1","characteristics":true,"price_range":true,"purchase_terms":true,"product_id":"p-1","price":{"amount_minor":15050,"currency":"UAH"}})");
  const auto csv = house.get("/v1/offer-checks?format=csv").body;
  INFO(csv);
  CHECK(csv.find("expected,expected_currency,found,found_currency,text") != std::string::npos);
  CHECK(csv.find(",170.00,UAH,150.50,UAH,") != std::string::npos);
}

}  // namespace ledger::testing
