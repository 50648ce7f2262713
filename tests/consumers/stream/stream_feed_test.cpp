// Goal: who listens hears of every event after the frontier he names, once, in partition order and
// only when the views show it, or is told that he cannot. Method: the house in memory, turns taken
// by hand at moments that are set.
#include "consumers/stream/stream_feed.h"

#include <algorithm>

#include "consumers/stream/stream_route.h"
#include "tests/consumers/stream/ears.h"

using namespace ledger;
using namespace ledger::stream;
using ledger::testing::Ear;
using ledger::testing::House;
using ledger::testing::Message;
using ledger::testing::met;
using ledger::testing::registered;

namespace {

constexpr auto kNoWait = std::chrono::milliseconds(0);

struct Room {
  explicit Room(int meetings = 0) {
    REQUIRE(house.post(registered("c-1")).status == 201);
    REQUIRE(house.post(registered("c-2")).status == 201);
    for (int i = 0; i < meetings; ++i) meet(fmt::format("early-{}", i));
    feed = make();
  }
  [[nodiscard]] std::unique_ptr<StreamFeed> make() {
    return std::make_unique<StreamFeed>(
        StreamFeed::Parts{house.log, *house.views, *house.progress, house.clock,
                          BusinessZone::named("Europe/Kyiv").value()});
  }
  void meet(const std::string& id, std::string_view client = "c-1") {
    REQUIRE(house.post(met(id, client)).status == 201);
  }
  std::shared_ptr<Ear> listen(Ask ask = {}) {
    auto ear = std::make_shared<Ear>();
    feed->listen(std::move(ask), nullptr, ear);
    return ear;
  }
  std::shared_ptr<Ear> listen_from(std::string_view frontier) {
    Ask ask;
    ask.from = parse_frontier(frontier).value();
    return listen(std::move(ask));
  }
  void turns(int count = 1) {
    for (int i = 0; i < count; ++i) feed->turn(now, kNoWait);
  }
  [[nodiscard]] std::string end() { return to_string(house.log.end().value()); }

  House house;
  Moment now{std::chrono::hours(1)};
  std::unique_ptr<StreamFeed> feed;
};

std::string part(const Message& message, std::string_view member) {
  const std::string begin = fmt::format(R"("{}":)", member);
  std::size_t at = message.data.find(begin);
  REQUIRE(at != std::string::npos);
  at += begin.size();
  if (message.data[at] != '"')
    return message.data.substr(at, message.data.find_first_of(",}", at) - at);
  return message.data.substr(at + 1, message.data.find('"', at + 1) - at - 1);
}

// Every event from `from` up to the log's end stands there once, each partition in order, and the
// id of each is the frontier behind it.
void check_whole(const std::vector<Message>& messages, const Frontier& from, const Frontier& end) {
  Frontier next = from;
  for (const auto& message : messages) {
    const Position position = parse_position(part(message, "position")).value();
    CHECK(position.offset == next.next[static_cast<std::size_t>(position.partition)]);
    next.include(position);
    CHECK(message.id == to_string(next));
  }
  CHECK(next == end);
}

}  // namespace

TEST_CASE("stream: who says nothing hears what comes from now on", "[consumers][stream]") {
  Room room(5);
  const auto ear = room.listen();
  room.turns(2);
  const auto first = ear->heard();
  REQUIRE(first.size() == 1);
  CHECK(first[0].event == "beat");
  CHECK(first[0].id == room.end());
  CHECK(part(first[0], "head") == room.end());
  CHECK(part(first[0], "applied") == room.end());
  CHECK(part(first[0], "lag_events") == "0");
  CHECK(part(first[0], "server_time") == "2026-11-25T15:00:00Z");
  room.meet("now", "c-2");
  room.turns();
  const auto told = ear->heard();
  REQUIRE(told.size() == 1);
  CHECK(told[0].event == "ledger");
  CHECK(told[0].id == room.end());
  CHECK(part(told[0], "type") == "meeting.held");
  CHECK(part(told[0], "source") == "test");
  CHECK(part(told[0], "id") == "now");
  CHECK(part(told[0], "time") == "2026-11-25T09:00:00Z");
  CHECK(part(told[0], "local_day") == "2026-11-25");
  CHECK(part(told[0], "client_id") == "c-2");
  CHECK(part(told[0], "manager_id") == "m-1");
  CHECK(told[0].data.find("умови") == std::string::npos);
}

TEST_CASE("stream: an event is told once the views show it", "[consumers][stream]") {
  Room room;
  const auto ear = room.listen();
  room.turns();
  (void)ear->heard();
  std::string line = room.house.log.read({0, 0}).value_or("");
  for (std::int32_t p = 0; line.empty(); ++p) line = room.house.log.read({p, 0}).value_or("");
  const std::string old_id = line.find(R"("id":"c-1")") != std::string::npos ? "c-1" : "c-2";
  line.replace(line.find(fmt::format(R"("id":"{}")", old_id)), 10, R"("id":"c-9")");
  room.house.log.inject(0, line);
  room.turns(3);
  CHECK(ear->heard("ledger").empty());
  room.now += limits::kBeatEvery;
  room.house.set_now("2026-11-25T15:00:07Z");
  room.turns();
  const auto beats = ear->heard("beat");
  REQUIRE(beats.size() == 1);
  CHECK(part(beats[0], "lag_events") == "1");
  CHECK(part(beats[0], "lag_seconds") == "7");
  room.house.settle();
  room.turns();
  CHECK(ear->heard("ledger").size() == 1);
}

TEST_CASE("stream: from a frontier nothing is left out and nothing is told twice",
          "[consumers][stream]") {
  Room room(40);
  Frontier middle = room.house.log.end().value();
  for (auto& next : middle.next) next /= 2;
  const auto busiest = std::max_element(middle.next.begin(), middle.next.end());
  const Position one{static_cast<std::int32_t>(busiest - middle.next.begin()), 3};
  const auto whole = room.listen_from("0,0,0");
  const auto half = room.listen_from(to_string(middle));
  const auto position = room.listen_from(to_string(one));
  room.turns(3);
  for (int i = 0; i < 30; ++i) {
    room.meet(fmt::format("late-{}", i), i % 2 == 0 ? "c-1" : "c-2");
    if (i % 3 == 0) room.turns();
  }
  room.turns(3);
  const auto end = room.house.log.end().value();
  check_whole(whole->heard("ledger"), Frontier({0, 0, 0}), end);
  check_whole(half->heard("ledger"), middle, end);
  Frontier behind = Frontier::start(3);
  behind.include(one);
  check_whole(position->heard("ledger"), behind, end);
}

TEST_CASE("stream: a listener goes on where he was, whatever became of the server",
          "[consumers][stream]") {
  Room room(10);
  const std::string start = room.end();
  std::vector<Message> all;
  std::string last = start;
  for (int life = 0; life < 5; ++life) {
    room.feed = room.make();
    const auto ear = room.listen_from(last);
    room.meet(fmt::format("a-{}", life));
    room.turns();
    room.meet(fmt::format("b-{}", life), "c-2");
    if (life % 2 == 0) room.turns();
    for (auto& message : ear->heard()) {
      if (!message.id.empty()) last = message.id;
      if (message.event == "ledger") all.push_back(std::move(message));
      CHECK(message.event != "reset");
    }
    room.meet(fmt::format("missed-{}", life));
  }
  const auto ear = room.listen_from(last);
  room.turns(2);
  const auto rest = ear->heard("ledger");
  all.insert(all.end(), rest.begin(), rest.end());
  check_whole(all, parse_frontier(start).value(), room.house.log.end().value());
}

TEST_CASE("stream: who has been away for long is brought up from the log, page by page",
          "[consumers][stream]") {
  Room room;
  // More than is kept in memory.
  const auto count = static_cast<int>(limits::kStreamRecentEventsMax) + 3000;
  for (int i = 0; i < count; i += 1000) {
    std::string batch = "[";
    for (int k = i; k < i + 1000; ++k) {
      batch += (k > i ? "," : "") + met(fmt::format("m-{}", k), k % 2 == 0 ? "c-1" : "c-2");
    }
    REQUIRE(room.house.post_batch(batch + "]").status < 300);
  }
  const auto ear = room.listen_from("0,0,0");
  const auto now = room.listen();
  room.turns();
  std::vector<Message> all;
  for (int i = 0; i < 1500; ++i) {
    if (i % 10 == 0 && i < 200) room.meet(fmt::format("live-{}", i));
    room.turns();
    for (auto& message : ear->heard("ledger")) all.push_back(std::move(message));
  }
  check_whole(all, Frontier({0, 0, 0}), room.house.log.end().value());
  CHECK(now->heard("ledger").size() == 20);  // who is at the head did not wait for him
  CHECK(room.feed->counters().resets == 0);
}

TEST_CASE("stream: where it cannot go on it says so, and goes on from now", "[consumers][stream]") {
  Room room(3);
  struct Case {
    const char* from;
    const char* reason;
  };
  for (const auto& item : {Case{"0,0,0,1", "not-of-this-log"}, Case{"0,0,900", "beyond-the-end"}}) {
    INFO(item.from);
    const auto ear = room.listen_from(item.from);
    room.turns();
    auto messages = ear->heard();
    REQUIRE(messages.size() == 2);
    CHECK(messages[0].event == "beat");
    CHECK(messages[0].id.empty());  // coming again by it, he would not hear of the reset
    CHECK(messages[1].event == "reset");
    CHECK(part(messages[1], "reason") == item.reason);
    CHECK(messages[1].id == room.end());
    room.meet(fmt::format("after-{}", item.reason));
    room.turns();
    CHECK(ear->heard("ledger").size() == 1);
  }
  Ask ask;
  ask.unreadable_from = true;
  const auto ear = room.listen(ask);
  room.turns();
  CHECK(part(ear->heard("reset").at(0), "reason") == "unreadable");
}

TEST_CASE("stream: a slow listener is dropped, and costs the others nothing",
          "[consumers][stream]") {
  Room room;
  const auto slow = room.listen();
  const auto quick = room.listen();
  slow->takes = false;
  room.turns();
  std::size_t told = 0;
  for (int i = 0; i < 3000; ++i) {
    room.meet(fmt::format("m-{}", i));
    room.turns();
    told += quick->heard("ledger").size();
  }
  CHECK(told == 3000);
  CHECK_FALSE(slow->overflown);
  CHECK(slow->waiting() <= limits::kPushedBytesMax);
  CHECK(slow->open());
  room.now += limits::kListenerStuckMax;
  room.turns();
  CHECK(slow->was_cut);
  CHECK(quick->open());
  CHECK(room.feed->counters().dropped == 1);
}

TEST_CASE("stream: a listener who was only late hears all of it", "[consumers][stream]") {
  Room room;
  const std::string start = room.end();
  const auto late = room.listen();
  late->takes = false;
  room.turns();
  for (int i = 0; i < 3000; ++i) {
    room.meet(fmt::format("m-{}", i));
    room.turns();
  }
  late->takes = true;
  for (int i = 0; i < 20; ++i) {
    late->take_all();
    room.turns();
  }
  check_whole(late->heard("ledger"), parse_frontier(start).value(), room.house.log.end().value());
}

TEST_CASE("stream: events of one client, or of some types, alone", "[consumers][stream]") {
  Room room;
  Ask of_client;
  of_client.client = ClientId("c-2");
  Ask of_types;
  of_types.types = {"client.registered"};
  const auto client = room.listen(of_client);
  const auto types = room.listen(of_types);
  room.turns();
  room.meet("one", "c-1");
  room.meet("two", "c-2");
  REQUIRE(room.house.post(registered("c-3")).status == 201);
  room.turns();
  const auto of_two = client->heard("ledger");
  REQUIRE(of_two.size() == 1);
  CHECK(part(of_two[0], "id") == "two");
  const auto opened = types->heard("ledger");
  REQUIRE(opened.size() == 1);
  CHECK(part(opened[0], "client_id") == "c-3");
  // Who was told of little is told how far he has come all the same.
  room.now += limits::kBeatEvery;
  room.turns();
  CHECK(client->heard("beat").at(0).id == room.end());
}

TEST_CASE("stream: who hangs up is forgotten, and a principal's time ends", "[consumers][stream]") {
  Room room;
  const auto gone = room.listen();
  Ask ask;
  ask.principal = std::make_shared<Principal>(Principal{"auditor", Role::kAuditor});
  const auto known = room.listen(ask);
  const auto nobody = room.listen();
  room.turns();
  gone->hang_up();
  room.meet("x");
  room.turns();
  CHECK(known->heard("ledger").size() == 1);
  room.now += limits::kListeningMax;
  room.turns();
  CHECK_FALSE(known->open());
  CHECK_FALSE(known->was_cut);
  CHECK(nobody->open());
}

TEST_CASE("stream: seats are counted, in all and each one's", "[consumers][stream]") {
  Seats seats(3);
  auto a = seats.take("a", 2).value();
  const auto b = seats.take("a", 2).value();
  const auto refused = seats.take("a", 2);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::kUnavailable);
  CHECK(refused.error().message.find("you listen 2 times") != std::string::npos);
  const auto c = seats.take("b", 2).value();
  CHECK_FALSE(seats.take("c", 2));
  CHECK(seats.taken() == 3);
  a.reset();
  CHECK(seats.take("a", 2));
  CHECK(seats.taken() == 2);
}

TEST_CASE("stream: the route refuses what it does not understand", "[consumers][stream]") {
  Room room;
  http::Router router;
  add_stream_route(router, *room.feed);
  const auto ask = [&](std::vector<std::pair<std::string, std::string>> query,
                       std::string last = {}) {
    http::Request request;
    request.method = "GET";
    request.segments = {"v1", "stream"};
    request.query = std::move(query);
    if (!last.empty()) request.headers.emplace_back("last-event-id", std::move(last));
    return router.call(std::move(request));
  };
  CHECK(ask({{"from", "nonsense"}}).status == 422);
  CHECK(ask({{"as_of", "2026-11-25"}}).body.find(R"("field":"as_of")") != std::string::npos);
  CHECK(ask({{"types", "call.completed,call.complete"}}).body.find("call.complete'") !=
        std::string::npos);
  CHECK(ask({{"client", "c 1"}}).status == 422);
  const auto open = ask({{"from", "0,0,0"}, {"types", "call.completed"}}, "not a frontier");
  CHECK(open.status == 200);
  CHECK(open.content_type == "text/event-stream");
  REQUIRE(open.push);
  CHECK(room.feed->counters().listeners == 1);
  // What is recorded once he was answered is told, however late the feed sees him.
  const auto from_now = ask({});
  room.meet("at once");
  const auto at_once = std::make_shared<Ear>();
  from_now.push(at_once);
  const auto ear = std::make_shared<Ear>();
  open.push(ear);
  room.turns();
  CHECK(ear->heard("reset").size() == 1);
  CHECK(at_once->heard("ledger").size() == 1);
}
