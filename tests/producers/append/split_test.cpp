// Goal: a split may name what its own batch tells of the card before it, and nothing else. Method:
// the house in memory, batches of which the views know nothing yet.
#include <fmt/format.h>

#include <string>

#include "tests/support/catch.h"
#include "tests/support/house.h"

using ledger::testing::House;

namespace {

std::string event(const std::string& id, const std::string& type, const std::string& data) {
  return fmt::format(
      R"({{"specversion":"1.0","id":"{}","source":"test","type":"org.salesledger.{}.v1","time":"2026-11-24T08:00:00Z","data":{}}})",
      id, type, data);
}

std::string card(const std::string& client) {
  return event("card-" + client, "client.registered",
               fmt::format(R"({{"client_id":"{0}","name":"{0}"}})", client));
}

std::string person(const std::string& client) {
  return event("person-" + client, "contact_person.set",
               fmt::format(R"({{"client_id":"{}","person_id":"p-1","name":"Ганна","role":"user"}})",
                           client));
}

std::string meeting(const std::string& client) {
  return event("meeting-" + client, "meeting.held",
               fmt::format(R"({{"client_id":"{}","manager_id":"m-1","topic":"огляд"}})", client));
}

std::string split(const std::string& moved) {
  return event(
      "split", "client.split",
      fmt::format(R"({{"client_id":"c-1","new_client_id":"c-2","reason":"філія",{}}})", moved));
}

const std::string kPerson = R"("person_ids":["p-1"])";
const std::string kMeeting = R"("events":[{"source":"test","id":"meeting-c-1"}])";

std::string joined(std::initializer_list<std::string> events) {
  std::string batch;
  for (const auto& one : events) batch += (batch.empty() ? "[" : ",") + one;
  return batch + "]";
}

}  // namespace

TEST_CASE("split: with what it moves in one batch it is accepted", "[producers][append]") {
  House house;
  const auto answer = house.post_batch(joined(
      {card("c-1"), card("c-2"), person("c-1"), meeting("c-1"), split(kPerson + "," + kMeeting)}));
  INFO(answer.body);
  CHECK(answer.status == 201);
  const auto moved = house.get("/v1/clients/c-2/timeline").body;
  INFO(moved);
  CHECK(moved.find("meeting-c-1") != std::string::npos);
  CHECK(house.get("/v1/clients/c-1/timeline").body.find("meeting-c-1") == std::string::npos);
}

TEST_CASE("split: what its batch tells behind it, or of another card, is not moved",
          "[producers][append]") {
  House house;
  REQUIRE(house.post_batch(joined({card("c-1"), card("c-2"), card("c-3")})).status == 201);
  CHECK(house.post_batch(joined({split(kPerson), person("c-1")})).status == 422);
  CHECK(house.post_batch(joined({person("c-3"), split(kPerson)})).status == 422);
  CHECK(house.post_batch(joined({meeting("c-3"), split(kMeeting)})).status == 422);
  CHECK(house.post_batch(joined({meeting("c-1"), split(kPerson)})).status == 422);
  CHECK(house.post_batch(joined({person("c-1"), split(kPerson)})).status == 201);
}
