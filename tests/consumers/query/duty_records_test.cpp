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

}  // namespace ledger::testing
