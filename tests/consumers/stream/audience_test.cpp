// Goal: each hears of what concerns him, by the responsibility of now, and learns that it changed.
// Method: the house in memory with two managers of two departments.
#include <algorithm>

#include "consumers/stream/stream_route.h"
#include "tests/consumers/stream/ears.h"

using namespace ledger;
using namespace ledger::stream;
using ledger::testing::Ear;
using ledger::testing::House;
using ledger::testing::met;
using ledger::testing::registered;

namespace {

std::string event(std::string_view id, std::string_view type, std::string_view data) {
  return fmt::format(
      R"({{"specversion":"1.0","id":"{}","source":"test","type":"org.salesledger.{}.v1","time":"2026-11-25T07:00:00Z","data":{}}})",
      id, type, data);
}

struct Office {
  Office() {
    for (const auto* who : {"1", "2"}) {
      add("hired", "manager.hired",
          fmt::format(
              R"({{"manager_id":"m-{0}","name":"М {0}","department":"d-{0}","hired_on":"2026-01-05"}})",
              who));
      REQUIRE(house.post(registered(fmt::format("c-{}", who))).status == 201);
      assign(fmt::format("c-{}", who), fmt::format("m-{}", who));
    }
    for (const auto& principal :
         std::vector<Principal>{{"first", Role::kManager, "", ManagerId("m-1")},
                                {"second", Role::kManager, "", ManagerId("m-2")},
                                {"head", Role::kHead, "", std::nullopt, {"d-1"}},
                                {"auditor", Role::kAuditor},
                                {"exchange", Role::kSource}}) {
      Ask ask;
      ask.principal = std::make_shared<const Principal>(principal);
      ears[principal.id] = std::make_shared<Ear>();
      feed.listen(ask, nullptr, ears[principal.id]);
    }
    turn();
    (void)all("ledger");
  }
  void add(std::string_view id, std::string_view type, std::string_view data) {
    REQUIRE(house.post(event(fmt::format("{}-{}", id, ++count), type, data)).status == 201);
  }
  void assign(std::string_view client, std::string_view manager,
              std::string_view from = "2026-01-05") {
    add("assigned", "client.assigned",
        fmt::format(R"({{"client_id":"{}","manager_id":"{}","effective_from":"{}"}})", client,
                    manager, from));
  }
  void turn() { feed.turn(now, std::chrono::milliseconds(0)); }
  // Who heard how many such messages since the last call.
  std::map<std::string, std::size_t> all(std::string_view what) {
    std::map<std::string, std::size_t> counts;
    for (const auto& [name, ear] : ears) {
      if (const auto heard = ear->heard(what); !heard.empty()) counts[name] = heard.size();
    }
    return counts;
  }
  using Counts = std::map<std::string, std::size_t>;

  House house;
  StreamFeed feed{{house.log, *house.views, *house.progress, house.clock,
                   BusinessZone::named("Europe/Kyiv").value()}};
  Moment now{std::chrono::hours(1)};
  std::map<std::string, std::shared_ptr<Ear>> ears;
  int count = 0;
};

}  // namespace

TEST_CASE("stream: each hears of his own clients and of himself", "[consumers][stream]") {
  Office office;
  REQUIRE(office.house.post(met("a", "c-1", "m-1")).status == 201);
  office.turn();
  CHECK(office.all("ledger") == Office::Counts{{"auditor", 1}, {"first", 1}, {"head", 1}});
  // His client, though another met him; and the other's own doing.
  REQUIRE(office.house.post(met("b", "c-1", "m-2")).status == 201);
  office.turn();
  CHECK(office.all("ledger") ==
        Office::Counts{{"auditor", 1}, {"first", 1}, {"head", 1}, {"second", 1}});
  // Nobody's: for heads.
  office.add("rate", "fx_rate.published",
             R"({"currency":"USD","date":"2026-11-25","rate_e6":41500000})");
  office.turn();
  CHECK(office.all("ledger") == Office::Counts{{"auditor", 1}, {"head", 1}});
}

TEST_CASE("stream: a client who changes hands is heard of by who answers now",
          "[consumers][stream]") {
  Office office;
  office.assign("c-1", "m-2", "2026-11-20");
  office.turn();
  // Who lost him may not hear of him any more, but that something changed.
  CHECK(office.ears["first"]->heard("reset").size() == 1);
  CHECK(office.ears["second"]->heard("ledger").size() == 1);
  (void)office.all("ledger");
  REQUIRE(office.house.post(met("a", "c-1", "m-2")).status == 201);
  office.turn();
  CHECK(office.all("ledger") == Office::Counts{{"auditor", 1}, {"second", 1}});
}

TEST_CASE("stream: of what one did for another's client one hears without the client",
          "[consumers][stream]") {
  Office office;
  REQUIRE(office.house.post(met("of-c-2", "c-2", "m-1")).status == 201);
  office.turn();
  for (const auto* who : {"first", "head"}) {
    INFO(who);
    const auto heard = office.ears[who]->heard("ledger");
    REQUIRE(heard.size() == 1);
    CHECK(heard[0].data.find("c-2") == std::string::npos);
    CHECK(heard[0].data.find(R"("id":null,)") != std::string::npos);
    CHECK(heard[0].data.ends_with(R"("client_id":null,"manager_id":"m-1","restricted":true})"));
  }
  for (const auto* who : {"second", "auditor"}) {
    INFO(who);
    const auto heard = office.ears[who]->heard("ledger");
    REQUIRE(heard.size() == 1);
    CHECK(heard[0].data.ends_with(R"("client_id":"c-2","manager_id":"m-1"})"));
  }
  // His own client, who is another's from here on.
  office.assign("c-1", "m-2", "2026-11-20");
  office.turn();
  (void)office.all("ledger");
  REQUIRE(office.house.post(met("of-c-1", "c-1", "m-1")).status == 201);
  office.turn();
  CHECK(office.ears["first"]->heard("ledger").at(0).data.find("c-1") == std::string::npos);
}

TEST_CASE("stream: who listens to one client does not learn whose it is by another's events",
          "[consumers][stream]") {
  Office office;
  Ask ask;
  ask.principal =
      std::make_shared<const Principal>(Principal{"first", Role::kManager, "", ManagerId("m-1")});
  ask.client = ClientId("c-2");
  const auto ear = std::make_shared<Ear>();
  office.feed.listen(ask, nullptr, ear);
  REQUIRE(office.house.post(met("a", "c-2", "m-1")).status == 201);
  office.turn();
  CHECK(ear->heard("ledger").empty());
}

TEST_CASE("stream: who is watched, and who may what, is told to those who see all alone",
          "[consumers][stream]") {
  Office office;
  office.add(
      "look", "access.logged",
      R"({"action":"viewed","principal":"auditor","client_id":"c-1","resource":"/v1/clients/c-1/timeline"})");
  office.add("look", "access.logged",
             R"({"action":"exported","principal":"auditor","resource":"/v1/log"})");
  office.add(
      "changed", "access.changed",
      R"({"principal":"admin","change":"principal_changed","holder":"first","role":"manager"})");
  office.turn();
  CHECK(office.all("ledger") == Office::Counts{{"auditor", 3}});
}

TEST_CASE("stream: that others' clients change hands holds up nothing of one's own",
          "[consumers][stream]") {
  Office office;
  office.now += limits::kBeatEvery;
  for (int i = 0; i < 5; ++i) office.assign("c-2", "m-2");
  REQUIRE(office.house.post(met("own", "c-1", "m-1")).status == 201);
  office.turn();
  auto& first = *office.ears["first"];
  auto heard = first.heard();
  const auto count = [&](std::string_view what) {
    return std::count_if(heard.begin(), heard.end(),
                         [&](const auto& message) { return message.event == what; });
  };
  CHECK(count("ledger") == 1);
  CHECK(count("reset") == 1);
  // He who comes again by the last id hears of the second reset, which is still owed.
  for (const auto& message : heard) {
    if (message.event == "ledger") CHECK(message.id.empty());
  }
  office.now += limits::kBeatEvery;
  office.turn();
  heard = first.heard();
  CHECK(count("reset") == 1);
  CHECK_FALSE(heard.back().id.empty());
  office.now += limits::kBeatEvery;
  office.turn();
  heard = first.heard();
  CHECK(count("reset") == 0);
}

TEST_CASE("stream: who was shut out hears nothing more, and a quiet stream ends with a beat",
          "[consumers][stream]") {
  Office office;
  bool serves = true;
  const auto listen = [&](std::string_view client) {
    Ask ask;
    ask.principal = std::make_shared<const Principal>(Principal{"auditor", Role::kAuditor});
    ask.client = ClientId(std::string(client));
    ask.serves = [&] { return serves; };
    auto ear = std::make_shared<Ear>();
    office.feed.listen(ask, nullptr, ear);
    return ear;
  };
  const auto busy = listen("c-1");
  const auto quiet = listen("c-2");
  office.turn();
  CHECK(busy->heard("beat").size() == 1);
  serves = false;
  REQUIRE(office.house.post(met("a")).status == 201);
  office.turn();
  CHECK(busy->heard().empty());
  CHECK_FALSE(busy->open());
  CHECK(quiet->open());
  office.now += limits::kBeatEvery;
  office.turn();
  CHECK_FALSE(quiet->open());
  CHECK(office.ears["auditor"]->open());
}

TEST_CASE("stream: whose client is another's is not told apart from whose is nobody's",
          "[consumers][stream]") {
  Office office;
  http::Router router;
  add_stream_route(router, office.feed);
  const auto ask = [&](const char* client, Role role) {
    http::Request request;
    request.method = "GET";
    request.segments = {"v1", "stream"};
    request.query = {{"client", client}};
    request.principal =
        std::make_shared<const Principal>(Principal{"who", role, "", ManagerId("m-1")});
    return router.call(std::move(request));
  };
  CHECK(ask("c-1", Role::kManager).status == 200);
  const auto others = ask("c-2", Role::kManager);
  CHECK(others.status == 403);
  CHECK(ask("c-404", Role::kManager).body == others.body);
  CHECK(ask("c-1", Role::kSource).status == 403);
  CHECK(ask("c-2", Role::kAuditor).status == 200);
}

TEST_CASE("stream: resets for many changes are few, and nothing is lost by waiting",
          "[consumers][stream]") {
  Office office;
  office.now += limits::kBeatEvery;
  for (int i = 0; i < 5; ++i) {
    office.assign("c-2", "m-2");
    REQUIRE(office.house.post(met(fmt::format("m-{}", i), "c-1", "m-1")).status == 201);
    office.turn();
  }
  auto& first = *office.ears["first"];
  const auto before = first.heard();
  CHECK(std::count_if(before.begin(), before.end(),
                      [](const auto& message) { return message.event == "reset"; }) == 1);
  std::size_t told = 0;
  std::size_t resets = 1;
  const auto count = [&](const std::vector<ledger::testing::Message>& messages) {
    for (const auto& message : messages) {
      told += message.event == "ledger" ? 1 : 0;
      resets += message.event == "reset" ? 1 : 0;
    }
  };
  for (const auto& message : before) told += message.event == "ledger" ? 1 : 0;
  for (int i = 0; i < 6; ++i) {
    office.now += limits::kBeatEvery;
    office.turn();
    count(first.heard());
  }
  CHECK(told == 5);
  CHECK(resets <= 5);
}
