// Goal: a merge that is taken back leaves no trace in any answer, and a circle that two servers let
// through at the same moment still has one answer. Method: the house in memory; bodies compared
// byte by byte but for the position at which they stand.
#include <fmt/format.h>

#include <map>
#include <string>

#include "projections/client_card/search.h"
#include "projections/client_card/standing.h"
#include "projections/directory/one_client.h"
#include "tests/support/catch.h"
#include "tests/support/house.h"

using namespace ledger;
using ledger::testing::House;

namespace {

void tell(House& house, const std::string& id, const std::string& type, const std::string& time,
          const std::string& data) {
  const auto response = house.post(fmt::format(
      R"({{"specversion":"1.0","id":"{}","source":"test","type":"org.salesledger.{}.v1","time":"{}","data":{}}})",
      id, type, time, data));
  INFO(response.body);
  REQUIRE(response.status == 201);
}

// What follows the position.
std::string body_of(House& house, const std::string& path) {
  const std::string body = house.get(path).body;
  return body.substr(body.find("\"as_of\""));
}

using Answers = std::map<std::string, std::string>;

Answers answers(House& house) {
  Answers all;
  for (const std::string client : {"c-1", "c-2"}) {
    for (const std::string part : {"", "/timeline", "/receivables"}) {
      const std::string path = "/v1/clients/" + client + part + "?as_of=2026-11-20";
      all[path] = body_of(house, path);
    }
  }
  return all;
}

Date day(std::string_view text) { return parse_date(text).value(); }

}  // namespace

TEST_CASE("client merge: taken back, every answer has the bytes of before", "[consumers][query]") {
  House house;
  tell(house, "a", "client.registered", "2026-02-01T08:00:00Z",
       R"({"client_id":"c-1","name":"ТОВ Ромашка","tax_code":"32855961"})");
  tell(house, "b", "client.registered", "2026-02-02T08:00:00Z",
       R"({"client_id":"c-2","name":"Ромашка","phones":["+380501112233"]})");
  tell(house, "c", "contact_person.set", "2026-02-03T08:00:00Z",
       R"({"client_id":"c-2","person_id":"p-1","name":"Ганна","role":"decision_maker"})");
  tell(
      house, "d", "invoice.issued", "2026-11-02T08:00:00Z",
      R"({"invoice_id":"i-1","number":"1","client_id":"c-2","issued_on":"2026-11-02","due_on":"2026-11-16","amount":{"amount_minor":100,"currency":"UAH"}})");
  tell(house, "e", "meeting.held", "2026-11-03T08:00:00Z",
       R"({"client_id":"c-1","manager_id":"m-1","topic":"умови"})");
  const auto before = answers(house);
  tell(house, "merge", "client.merged", "2026-11-21T08:00:00Z",
       R"({"client_id":"c-1","absorbed_client_id":"c-2","reason":"один клієнт"})");
  const auto merged = answers(house);
  for (const auto& [path, body] : before) {
    INFO(path);
    CHECK(merged.at(path) != body);
  }
  // More events, of later days, on both cards.
  tell(house, "f", "meeting.held", "2026-11-22T08:00:00Z",
       R"({"client_id":"c-2","manager_id":"m-1","topic":"нове"})");
  tell(house, "g", "client.updated", "2026-11-22T09:00:00Z",
       R"({"client_id":"c-1","address":"Київ"})");
  tell(house, "undo", "event.voided", "2026-11-23T08:00:00Z",
       R"({"target_source":"test","target_id":"merge","reason":"різні компанії"})");
  for (const auto& [path, body] : answers(house)) {
    INFO(path);
    CHECK(body == before.at(path));
  }
}

TEST_CASE("client merge: a circle has one answer, whichever card is asked", "[consumers][query]") {
  House house;
  for (const std::string client : {"c-1", "c-2", "c-3"}) {
    tell(house, client, "client.registered", "2026-02-01T08:00:00Z",
         fmt::format(R"({{"client_id":"{}","name":"Ромашка"}})", client));
  }
  // Past the door, as another server would have let it through at the same moment.
  const std::pair<std::string, std::string> merges[] = {
      {"c-2", "c-1"}, {"c-3", "c-2"}, {"c-1", "c-3"}};
  for (const auto& [stays, goes] : merges) {
    house.log.inject(
        0,
        fmt::format(
            R"({{"specversion":"1.0","id":"{0}-{1}","source":"other","type":"org.salesledger.client.merged.v1","subject":"{0}","time":"2026-11-21T08:00:00Z","recordedtime":"2026-11-21T08:00:00Z","localday":"2026-11-21","partitionkey":"{0}","datacontenttype":"application/json","dataschema":"urn:salesledger:schema:client.merged.v1","data":{{"client_id":"{0}","absorbed_client_id":"{1}","reason":"x"}}}})",
            stays, goes));
  }
  house.settle();
  const auto snapshot = house.views->current();
  for (const std::string client : {"c-1", "c-2", "c-3"}) {
    INFO(client);
    const auto one = directory::one_client(*snapshot, client, std::nullopt);
    REQUIRE(one);
    CHECK(one->survivor == "c-1");
    CHECK(one->cards == std::vector<std::string>{"c-1", "c-2", "c-3"});
  }
}

TEST_CASE("client card: names without case, marks and legal form", "[consumers][query]") {
  using client_card::normalised_name;
  CHECK(normalised_name("ТОВ «Ромашка»") == "ромашка");
  CHECK(normalised_name("ромашка, ТзОВ") == "ромашка");
  CHECK(normalised_name("Товариш") == "товариш");
  CHECK(normalised_name("Ромашка-Захід") == "ромашка захід");
  CHECK(normalised_name("ТОВ") == "");
  for (const std::string_view spelled :
       {"Товариство з обмеженою відповідальністю «Ромашка»",
        "ТОВАРИСТВО З ОБМЕЖЕНОЮ\n"
        "ВІДПОВІДАЛЬНІСТЮ РОМАШКА",
        "Приватне акціонерне товариство \"Ромашка\"", "Публічне акціонерне товариство „Ромашка“",
        "Державне підприємство Ромашка", "Фізична особа-підприємець Ромашка",
        "фізична особа – підприємець Ромашка", "Ф.О.П. Ромашка", "ПП ПП Ромашка"}) {
    INFO(spelled);
    CHECK(normalised_name(spelled) == "ромашка");
  }
  CHECK(normalised_name("Limited Liability Company Romashka") == "romashka");
  CHECK(normalised_name("Фізична особа-підприємець") == "");
  // A word of a form alone is a word of the name, and so is one that only begins like a form.
  CHECK(normalised_name("Підприємство Ромашка") == "підприємство ромашка");
  CHECK(normalised_name("Дпромашка") == "дпромашка");
  CHECK(normalised_name("Компʼютер") == normalised_name("ТОВ Комп'ютер"));
}

TEST_CASE("client card: birthdays and ages", "[consumers][query]") {
  using client_card::age_on;
  using client_card::next_birthday;
  CHECK(next_birthday("--02-29", day("2027-02-28")) == day("2027-02-28"));
  CHECK(next_birthday("--02-29", day("2028-02-28")) == day("2028-02-29"));
  CHECK(next_birthday("--12-31", day("2026-12-31")) == day("2026-12-31"));
  CHECK(next_birthday("--12-30", day("2026-12-31")) == day("2027-12-30"));
  CHECK(age_on("1980-02-29", day("2027-02-27")) == 46);
  CHECK(age_on("1980-02-29", day("2027-02-28")) == 47);
  CHECK(age_on("--02-29", day("2027-02-28")) == std::nullopt);
}
