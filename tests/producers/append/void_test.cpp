// Goal: nobody's calls vanish but by their own exchange or by a head of department, and a person's
// own word is a person's to take back. Method: the house in memory, voids from another source than
// the event's.
#include <fmt/format.h>

#include <string>

#include "tests/support/catch.h"
#include "tests/support/house.h"

using namespace ledger;
using ledger::testing::House;

namespace {

class Exchange {
 public:
  Exchange() {
    hire("m-1", "");
    hire("m-0", R"(,"post":"supervisor")");
    hire("m-9", R"(,"post":"supervisor")");
    tell("house/crm", "gone", "manager.dismissed",
         R"({"manager_id":"m-9","dismissed_on":"2026-11-23","order_no":"1"})");
    tell("house/crm", "card", "client.registered",
         R"({"client_id":"c-1","name":"Ромашка","phones":["+380501112233"]})");
  }

  void call(const std::string& id, bool self_reported = false) {
    tell(
        "asterisk/main", id, "call.completed",
        fmt::format(
            R"({{"call_id":"{}","direction":"outbound","client_phone":"+380501112233","manager_extension":"101","duration_s":60,"talk_s":50,"outcome":"answered","self_reported":{}}})",
            id, self_reported));
  }

  // "ok", or the refusal.
  std::string take_back(const std::string& from, const std::string& target,
                        const std::string& manager = "") {
    const std::string who = manager.empty() ? "" : fmt::format(R"(,"manager_id":"{}")", manager);
    const auto response = post(
        from, fmt::format("void-{}", voids_++), "event.voided",
        fmt::format(R"({{"target_source":"asterisk/main","target_id":"{}","reason":"проба"{}}})",
                    target, who));
    return response.status == 201 ? "ok" : response.body;
  }

  void tell(const std::string& source, const std::string& id, const std::string& type,
            const std::string& data) {
    const auto response = post(source, id, type, data);
    INFO(response.body);
    REQUIRE(response.status == 201);
  }

 private:
  http::Response post(const std::string& source, const std::string& id, const std::string& type,
                      const std::string& data) {
    return house_.post(fmt::format(
        R"({{"specversion":"1.0","id":"{}","source":"{}","type":"org.salesledger.{}.v1","time":"2026-11-24T08:00:00Z","data":{}}})",
        id, source, type, data));
  }
  void hire(const std::string& id, const std::string& more) {
    tell("house/crm", "hire-" + id, "manager.hired",
         fmt::format(
             R"({{"manager_id":"{}","name":"{}","hired_on":"2026-01-05","extensions":["{}"]{}}})",
             id, id, more.empty() ? "101" : "1" + id, more));
  }

  House house_;
  int voids_ = 0;
};

bool is_about(const std::string& refusal, std::string_view error) {
  return refusal.find(error) != std::string::npos &&
         refusal.find(R"("field":"data.manager_id")") != std::string::npos;
}

}  // namespace

TEST_CASE("void: what a machine told is taken back by a head of department",
          "[producers][append]") {
  Exchange exchange;
  exchange.call("k-1");
  CHECK(is_about(exchange.take_back("house/crm", "k-1"), "missing-field"));
  CHECK(is_about(exchange.take_back("house/crm", "k-1", "m-1"), "conflict"));
  CHECK(is_about(exchange.take_back("house/crm", "k-1", "m-none"), "conflict"));
  // Dismissed the day before.
  CHECK(is_about(exchange.take_back("house/crm", "k-1", "m-9"), "conflict"));
  CHECK(exchange.take_back("house/crm", "k-1", "m-0") == "ok");
}

TEST_CASE("void: a sender takes back its own word, and a person his", "[producers][append]") {
  Exchange exchange;
  exchange.call("k-1");
  CHECK(exchange.take_back("asterisk/main", "k-1") == "ok");
  exchange.call("k-2", /*self_reported=*/true);
  CHECK(exchange.take_back("house/crm", "k-2") == "ok");
  exchange.tell("asterisk/main", "m-1", "meeting.held",
                R"({"client_id":"c-1","manager_id":"m-1","topic":"умови"})");
  CHECK(exchange.take_back("house/crm", "m-1") == "ok");
}

TEST_CASE("void: letters and payments are machines' words too", "[producers][append]") {
  Exchange exchange;
  exchange.tell(
      "asterisk/main", "o-1", "offer.emailed",
      R"({"message_id":"<1@x>","sender":"o@house.example","recipients":["a@x.example"]})");
  exchange.tell(
      "asterisk/main", "p-1", "payment.received",
      R"({"bank_reference":"B-1","our_account":"UA1","amount":{"amount_minor":100,"currency":"UAH"},"booked_on":"2026-11-24","client_id":"c-1"})");
  for (const std::string id : {"o-1", "p-1"}) {
    CHECK(is_about(exchange.take_back("house/crm", id), "missing-field"));
    CHECK(exchange.take_back("house/crm", id, "m-0") == "ok");
  }
}
