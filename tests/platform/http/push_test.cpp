// Goal: what is pushed reaches who listens for as long as he takes it, and who does not is given
// up. Method: bytes over real sockets on loopback.
#include <condition_variable>
#include <mutex>

#include "platform/http/event_sink.h"
#include "platform/limits.h"
#include "tests/platform/http/connection.h"

using namespace ledger;
using namespace ledger::http;
using ledger::testing::Connection;
using ledger::testing::hasty;

namespace {

// A server with a route whose body is pushed, and the open ends of those who listen.
struct Pushing {
  explicit Pushing(Server::Options options = Server::defaults("127.0.0.1:0")) {
    router.add("GET", "/push", RunOn::kInline, [this](const Request&) {
      Response response{200, "text/event-stream", ""};
      response.push = [this](std::shared_ptr<EventSink> sink) {
        const std::lock_guard lock(mutex);
        sinks.push_back(std::move(sink));
        came.notify_all();
      };
      return response;
    });
    server = Server::start(std::move(options), router).value();
  }
  std::shared_ptr<EventSink> sink(std::size_t index) {
    std::unique_lock lock(mutex);
    REQUIRE(came.wait_for(lock, std::chrono::seconds(10), [&] { return sinks.size() > index; }));
    return sinks[index];
  }

  std::mutex mutex;
  std::condition_variable came;
  std::vector<std::shared_ptr<EventSink>> sinks;
  Router router;
  std::unique_ptr<Server> server;
};

constexpr std::string_view kPush = "GET /push HTTP/1.1\r\nHost: x\r\n\r\n";

bool within_ten_seconds(const std::function<bool()>& condition) {
  for (int i = 0; i < 500 && !condition(); ++i) {
    pollfd pause{-1, 0, 0};
    ::poll(&pause, 1, 20);
  }
  return condition();
}

}  // namespace

TEST_CASE("http: what is pushed is sent as it comes, past every deadline", "[platform][http]") {
  Pushing pushing(hasty());
  const Connection connection(pushing.server->port());
  connection.send(kPush);
  const auto sink = pushing.sink(0);
  REQUIRE(sink->send("first\n"));
  const auto head = connection.read([](const auto& all) { return all.ends_with("first\n\r\n"); });
  CHECK(head.starts_with("HTTP/1.1 200"));
  CHECK(head.find("Connection: close") != std::string::npos);
  CHECK(head.ends_with("\r\n\r\n6\r\nfirst\n\r\n"));
  pollfd silence{-1, 0, 0};
  ::poll(&silence, 1, 700);  // longer than all three
  REQUIRE(sink->open());
  REQUIRE(sink->send("second\n"));
  sink->close();
  CHECK(connection.read() == "7\r\nsecond\n\r\n0\r\n\r\n");
  CHECK_FALSE(sink->send("late"));
  CHECK(within_ten_seconds([&] { return pushing.server->counters().connections_open == 0; }));
}

TEST_CASE("http: who pushes learns that nobody listens any more", "[platform][http]") {
  Pushing pushing;
  std::shared_ptr<EventSink> sink;
  SECTION("the client went") {
    {
      const Connection connection(pushing.server->port());
      connection.send(kPush);
      sink = pushing.sink(0);
    }
    CHECK(within_ten_seconds([&] { return !sink->open(); }));
  }
  SECTION("the client spoke") {
    const Connection connection(pushing.server->port());
    connection.send(kPush);
    sink = pushing.sink(0);
    connection.send(kPush);
    connection.read();
  }
  SECTION("the server ended") {
    const Connection connection(pushing.server->port());
    connection.send(kPush);
    sink = pushing.sink(0);
    const auto began = std::chrono::steady_clock::now();
    pushing.server.reset();
    CHECK(std::chrono::steady_clock::now() - began < std::chrono::seconds(2));
    connection.read();
  }
  CHECK_FALSE(sink->send("x"));
  sink->close();
}

TEST_CASE("http: a client who takes nothing of what is pushed is given up", "[platform][http]") {
  Pushing pushing(hasty());
  const Connection slow(pushing.server->port());
  const Connection quick(pushing.server->port());
  slow.send(kPush);
  const auto to_slow = pushing.sink(0);
  quick.send(kPush);
  const auto to_quick = pushing.sink(1);
  const std::string piece(16 * 1024, 'x');
  SECTION("when too much waits for him") {
    std::size_t most = 0;
    while (to_slow->send(piece)) most = std::max(most, to_slow->waiting());
    CHECK(most <= limits::kPushedBytesMax);
  }
  SECTION("when he takes too long for a piece of it") {
    while (to_slow->open()) {
      if (to_slow->waiting() < limits::kPushedBytesMax / 2) (void)to_slow->send(piece);
    }
    CHECK(within_ten_seconds([&] {
      return pushing.server->counters().timed_out_at(http::Server::Awaited::kAnswerTaken) == 1;
    }));
  }
  SECTION("when he is cut off") {
    while (to_slow->waiting() < limits::kPushedBytesMax / 2) (void)to_slow->send(piece);
    to_slow->cut();
  }
  CHECK_FALSE(to_slow->open());
  CHECK(within_ten_seconds([&] { return pushing.server->counters().connections_open == 1; }));
  REQUIRE(to_quick->send("still here"));
  quick.read([](const auto& all) { return all.find("still here") != std::string::npos; });
}
