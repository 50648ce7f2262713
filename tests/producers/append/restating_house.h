#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <vector>

#include "tests/support/catch.h"
#include "tests/support/house.h"

namespace ledger::testing {

// What an exchange says of its one call, and a house that hears it.
struct Statement {
  std::string time = "2026-11-25T08:00:00Z";
  std::string phone = "+380501112233";
  int talk_s = 58;
  std::string id = "k1";
};

inline std::string data_of(const Statement& said) {
  return fmt::format(R"({{"call_id":"k1","direction":"outbound","client_phone":"{}",)"
                     R"("manager_extension":"101","duration_s":70,"talk_s":{},)"
                     R"("outcome":"answered"}})",
                     said.phone, said.talk_s);
}

inline std::string event(const std::string& id, const std::string& type, const std::string& time,
                         const std::string& data) {
  return fmt::format(
      R"({{"specversion":"1.0","id":"{}","source":"pbx","type":"org.salesledger.{}.v1","time":"{}","data":{}}})",
      id, type, time, data);
}

inline std::string call(const Statement& said) {
  return event(said.id, "call.completed", said.time, data_of(said));
}

class Ledger {
 public:
  Ledger() {
    tell("m", "manager.hired",
         R"({"manager_id":"m-1","name":"Олена","hired_on":"2026-01-05","extensions":["101"]})");
    tell("c1", "client.registered",
         R"({"client_id":"c-1","name":"ТОВ Ромашка","phones":["+380501112233"]})");
    tell("c2", "client.registered",
         R"({"client_id":"c-2","name":"ТОВ Мальва","phones":["+380671112233"]})");
  }
  void tell(const std::string& id, const std::string& type, const std::string& data,
            const std::string& time = "2026-11-25T08:00:00Z") {
    const auto response = house.post(event(id, type, time, data));
    INFO(response.body);
    REQUIRE(response.status == 201);
  }
  // As the rule does once a card has the number of what waits.
  void match_by_rule(const std::string& target, const std::string& client) {
    const auto response = house.post(fmt::format(
        R"({{"specversion":"1.0","id":"{0}-is-{1}","source":"ledger/matching","time":"2026-11-25T09:00:00Z",)"
        R"("type":"org.salesledger.interaction.matched.v1","data":{{"target_source":"pbx",)"
        R"("target_id":"{0}","client_id":"{1}","reason":"matching.v1: phone"}}}})",
        target, client));
    INFO(response.body);
    REQUIRE(response.status == 201);
  }
  http::Response state(const Statement& said) { return house.post_restated(call(said)); }
  // Its talks on a client's timeline with their days: "58 on 2026-11-25".
  std::vector<std::string> talks(const std::string& client) {
    std::vector<std::string> talks;
    const std::string text = house.get("/v1/clients/" + client + "/timeline?kind=call").body;
    for (std::size_t at = 0; (at = text.find("\"talk_s\":", at)) != std::string::npos; ++at) {
      const std::size_t entry = text.rfind("\"time\":\"", at);
      talks.push_back(std::to_string(std::stoi(text.substr(at + 9))) + " on " +
                      text.substr(entry + 8, 10));
    }
    return talks;
  }

  House house;
};

using Talks = std::vector<std::string>;

inline bool has(const http::Response& response, std::string_view part) {
  return response.body.find(part) != std::string::npos;
}

}  // namespace ledger::testing
