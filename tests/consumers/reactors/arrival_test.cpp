// Goal: goods that came in are told to who answers for each client that still waits for them, once.
// Method: the house in memory; the rule reacts to what was told last, and what it wants to
// record is posted as a sender would.
#include "consumers/reactors/arrival.h"

#include <fmt/format.h>

#include "events/json_codec.h"
#include "events/types/follow_up.h"
#include "tests/support/catch.h"
#include "tests/support/house.h"

using namespace ledger;
using ledger::testing::House;

namespace {

class Shop {
 public:
  void tell(const std::string& type, const std::string& time, const std::string& data) {
    const auto response = house_.post(fmt::format(
        R"({{"specversion":"1.0","id":"e{}","source":"test","type":"org.salesledger.{}.v1","time":"{}","data":{}}})",
        ++told_, type, time, data));
    INFO(response.body);
    REQUIRE(response.status == 201);
  }
  void stockout(const std::string& case_id, const std::string& client, const std::string& time,
                const std::string& product = "Фарба") {
    tell("stockout.reported", time,
         fmt::format(R"({{"case_id":"{}","client_id":"{}","manager_id":"m-1","product":"{}"}})",
                     case_id, client, product));
  }

  // What the rule wants to record after goods of today came in.
  std::vector<Submission> arrive(const std::string& arrived_on = "2026-11-25") {
    tell("goods.arrived", "2026-11-25T08:00:00Z",
         fmt::format(R"({{"product":"Фарба","arrived_on":"{}"}})", arrived_on));
    return react();
  }
  std::vector<Submission> react() {
    const ArrivalReactor rule(BusinessZone::named("Europe/Kyiv").value());
    std::optional<Event> last;
    auto cursor = house_.log.cursor(Frontier::start(house_.log.partitions())).value();
    JsonCodec codec;
    const auto lines = cursor->poll(1'000'000, 0, {}).value();
    for (const auto& stored : lines) {
      if (!rule.concerns(summary_of(stored.line))) continue;
      auto event = codec.decode_line(stored.line).value();
      if (event.id == fmt::format("e{}", told_)) last = std::move(event);
    }
    REQUIRE(last.has_value());
    const auto views = house_.views->current();
    const Frontier read = house_.log.end().value();
    return rule.react(*last, {*views, read, parse_date("2026-11-25").value()}).value();
  }
  std::string plan_of(const std::string& manager) {
    return house_.get("/v1/contact-plan?as_of=2026-11-25&manager=" + manager).body;
  }
  House& house() { return house_; }

 private:
  House house_;
  int told_ = 0;
};

std::vector<std::string> clients(const std::vector<Submission>& submissions) {
  std::vector<std::string> found;
  for (const auto& one : submissions) {
    found.push_back(one.data.get_if<FollowUpSet>()->client_id.text());
  }
  return found;
}

void open(Shop& shop) {
  shop.tell("manager.hired", "2026-01-05T08:00:00Z",
            R"({"manager_id":"m-1","name":"Олена Коваль","hired_on":"2026-01-05"})");
  shop.tell("manager.hired", "2026-01-05T08:00:00Z",
            R"({"manager_id":"m-2","name":"Петро Шевчук","hired_on":"2026-01-05"})");
  shop.tell("client.registered", "2026-11-20T08:00:00Z", R"({"client_id":"c-1","name":"А"})");
  shop.tell("client.registered", "2026-11-20T08:00:00Z", R"({"client_id":"c-2","name":"Б"})");
  shop.tell("client.assigned", "2026-11-20T08:00:00Z",
            R"({"client_id":"c-2","manager_id":"m-2","effective_from":"2026-11-20"})");
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("arrival: who answers for a client that waits is to call him today", "[arrival]") {
  Shop shop;
  open(shop);
  shop.stockout("s-1", "c-1", "2026-11-20T08:00:00Z");
  shop.stockout("s-2", "c-2", "2026-11-21T08:00:00Z");
  shop.stockout("s-3", "c-2", "2026-11-21T08:00:00Z", "Лак");
  const auto found = shop.arrive();
  REQUIRE(clients(found) == Names{"c-1", "c-2"});
  const auto& first = *found.front().data.get_if<FollowUpSet>();
  CHECK(first.manager_id.text() == "m-1");  // nobody's client: who was asked
  CHECK(first.kind == FollowUpKind::kCallback);
  CHECK(format_date(first.due_on) == "2026-11-25");
  CHECK(first.subject == "надійшов товар: Фарба");
  CHECK(found.back().data.get_if<FollowUpSet>()->manager_id.text() == "m-2");
  for (const auto& one : found) REQUIRE(shop.house().post(encode_submission(one)).status == 201);
  CHECK(shop.plan_of("m-2").find("надійшов товар: Фарба") != std::string::npos);
  // Again after a crash, or with the next delivery: the same ids.
  const auto repeated = shop.house().post(encode_submission(found.front()));
  CHECK(repeated.body.find("\"duplicate\":true") != std::string::npos);
  const auto again = shop.arrive();
  REQUIRE(again.size() == 2);
  CHECK(again.front().id == found.front().id);
}

TEST_CASE("arrival: capitals and spaces make no other goods", "[arrival]") {
  Shop shop;
  open(shop);
  shop.stockout("s-1", "c-1", "2026-11-20T08:00:00Z", " фарба ");
  shop.stockout("s-2", "c-1", "2026-11-20T08:00:00Z", "Фарба біла");
  CHECK(shop.arrive().size() == 1);
}

TEST_CASE("arrival: who was promised a day, or took another, waits for no call", "[arrival]") {
  Shop shop;
  open(shop);
  shop.stockout("s-1", "c-1", "2026-11-20T08:00:00Z");
  shop.stockout("s-2", "c-2", "2026-11-20T08:00:00Z");
  shop.stockout("s-3", "c-2", "2026-11-20T08:00:00Z");
  shop.tell(
      "stock_promise.made", "2026-11-20T09:00:00Z",
      R"({"case_id":"s-1","client_id":"c-1","manager_id":"m-1","product":"Фарба","due_on":"2026-11-26"})");
  shop.tell(
      "analogue.offered", "2026-11-20T09:00:00Z",
      R"({"client_id":"c-2","manager_id":"m-1","case_id":"s-2","wanted":"Фарба","offered":"Лак","accepted":true})");
  shop.tell(
      "analogue.offered", "2026-11-20T09:00:00Z",
      R"({"client_id":"c-2","manager_id":"m-1","case_id":"s-3","wanted":"Фарба","offered":"Лак","accepted":false})");
  CHECK(clients(shop.arrive()) == Names{"c-2"});
  CHECK(shop.plan_of("m-1").find("\"why\":\"arrival\"") != std::string::npos);
}

TEST_CASE("arrival: ninety days of waiting, not ninety-one; and goods of a month ago are no news",
          "[arrival]") {
  Shop shop;
  open(shop);
  shop.stockout("s-1", "c-1", "2026-08-26T08:00:00Z");
  shop.stockout("s-2", "c-2", "2026-08-27T08:00:00Z");
  CHECK(clients(shop.arrive()) == Names{"c-2"});
  CHECK(clients(shop.arrive("2026-10-26")) == Names{"c-1", "c-2"});
  CHECK(shop.arrive("2026-10-25").empty());
}

TEST_CASE("arrival: of two cards that were merged, the one that stays is called", "[arrival]") {
  Shop shop;
  open(shop);
  shop.stockout("s-1", "c-1", "2026-11-20T08:00:00Z");
  shop.tell("client.merged", "2026-11-21T08:00:00Z",
            R"({"client_id":"c-2","absorbed_client_id":"c-1","reason":"один клієнт"})");
  const auto found = shop.arrive();
  REQUIRE(clients(found) == Names{"c-2"});
  CHECK(found.front().data.get_if<FollowUpSet>()->manager_id.text() == "m-2");
}
