// Goal: the server reads a message as every other parser on the way would, bounds what a client can
// cost, and answers each request once. Method: bytes over real sockets on loopback.
#include <fmt/format.h>
#include <poll.h>

#include <atomic>
#include <future>
#include <thread>

#include "platform/http/client.h"
#include "platform/http/server.h"
#include "platform/http/target.h"
#include "platform/limits.h"
#include "tests/platform/http/connection.h"

using namespace ledger;
using namespace ledger::http;
using ledger::testing::Connection;
using ledger::testing::hasty;
using std::chrono::milliseconds;

namespace {

// A server with a few routes, each counted.
struct Fixture {
  Fixture() : Fixture(Server::defaults("127.0.0.1:0")) {}
  explicit Fixture(Server::Options options) {
    router.add("POST", "/echo", RunOn::kInline, [this](const Request& request) {
      ++echoed;
      return Response{200, "text/plain", request.body};
    });
    router.add("GET", "/evil", RunOn::kInline, [this](const Request&) {
      ++smuggled;
      return Response{200, "text/plain", "reached"};
    });
    router.add("GET", "/things/{id}", RunOn::kInline, [](const Request& request) {
      return Response{200, "text/plain", request.captures.front()};
    });
    router.add("GET", "/things/named", RunOn::kInline,
               [](const Request&) { return Response{200, "text/plain", "named"}; });
    router.add("GET", "/worker", RunOn::kWorker,
               [](const Request&) { return Response{200, "text/plain", "worked"}; });
    router.add("GET", "/dropped", RunOn::kInline, Handler([](const Request&, const Reply&) {}));
    router.add("GET", "/throws", RunOn::kWorker,
               [](const Request&) -> Response { throw std::runtime_error("a bug"); });
    router.add("GET", "/stream", RunOn::kWorker, [](const Request&) {
      auto left = std::make_shared<int>(40);
      Response response{200, "text/plain", ""};
      response.stream = [left](std::string& chunk) {
        if (*left == 0) return false;
        chunk.assign(256 * 1024, static_cast<char>('a' + --*left % 26));
        return true;
      };
      return response;
    });
    server = Server::start(std::move(options), router).value();
  }

  [[nodiscard]] std::string ask(std::string_view bytes) const {
    const Connection connection(server->port());
    connection.send(bytes);
    return connection.read();
  }
  [[nodiscard]] std::string get(std::string_view target) const {
    return ask(fmt::format("GET {} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", target));
  }

  std::atomic<int> echoed = 0;
  std::atomic<int> smuggled = 0;
  Router router;
  std::unique_ptr<Server> server;
};

constexpr std::string_view kEvil = "GET /evil HTTP/1.1\r\nHost: x\r\n\r\n";

}  // namespace

TEST_CASE("http: a message whose length is ambiguous is refused and the connection closed",
          "[platform][http]") {
  struct Case {
    const char* name;
    std::string headers;
    std::string body;
    const char* version = "1.1";
  };
  // trust-and-performance.md 4.5, all thirteen.
  const std::vector<Case> cases{
      {"encoding gzip, then a length",
       "Host: x\r\nTransfer-Encoding: gzip\r\nContent-Length: 5\r\n", "hello"},
      {"encoding chunked, gzip with a length",
       "Host: x\r\nTransfer-Encoding: chunked, gzip\r\nContent-Length: 5\r\n", "hello"},
      {"encoding gzip alone", "Host: x\r\nTransfer-Encoding: gzip\r\n", ""},
      {"HTTP/1.0 and chunked", "Host: x\r\nTransfer-Encoding: chunked\r\n",
       "5\r\nhello\r\n0\r\n\r\n", "1.0"},
      {"two Hosts", "Host: x\r\nHost: y\r\nContent-Length: 5\r\n", "hello"},
      {"no Host", "Content-Length: 5\r\n", "hello"},
      {"a length, then chunked", "Host: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n",
       "0\r\n\r\n"},
      {"chunked, then a length", "Host: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n",
       "0\r\n\r\n"},
      {"two lengths", "Host: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n", "hello"},
      {"bare line feeds", "Host: x\nContent-Length: 5\n\nhello", ""},
      {"a folded encoding beside a length",
       "Host: x\r\nTransfer-Encoding:\r\n chunked\r\nContent-Length: 5\r\n", "0\r\n\r\n"},
      {"a length in the trailer", "Host: x\r\nTransfer-Encoding: chunked\r\n",
       "5\r\nhello\r\n0\r\nContent-Length: 50\r\n\r\n"},
      {"chunked twice", "Host: x\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
       "0\r\n\r\n"},
  };
  for (const auto& item : cases) {
    DYNAMIC_SECTION(item.name) {
      const Fixture fixture;
      const std::string answer = fixture.ask(fmt::format(
          "POST /echo HTTP/{}\r\n{}\r\n{}{}", item.version, item.headers, item.body, kEvil));
      CHECK(answer.substr(0, 12) == "HTTP/1.1 400");
      CHECK(answer.find("reached") == std::string::npos);
      CHECK(fixture.smuggled == 0);
      CHECK(fixture.echoed == 0);
    }
  }
}

TEST_CASE("http: the unambiguous neighbours are served", "[platform][http]") {
  const Fixture fixture;
  CHECK(fixture
            .ask("POST /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: "
                 "5\r\n\r\nhello")
            .ends_with("\r\n\r\nhello"));
  CHECK(fixture
            .ask("POST /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: "
                 "Chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n")
            .ends_with("\r\n\r\nhello"));
  const std::string old = fixture.ask("POST /echo HTTP/1.0\r\nContent-Length: 5\r\n\r\nhello");
  CHECK(old.starts_with("HTTP/1.0 200"));
  CHECK(old.ends_with("hello"));
  CHECK(fixture.echoed == 3);
}

TEST_CASE("http: requests on one connection are answered in order", "[platform][http]") {
  const Fixture fixture;
  std::string pipelined;
  for (int i = 0; i < 20; ++i) {
    pipelined += fmt::format("GET /{} HTTP/1.1\r\nHost: x\r\n\r\n",
                             i % 3 == 0 ? "worker" : fmt::format("things/n{}", i));
  }
  pipelined += "GET /things/last HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
  const std::string answer = fixture.ask(pipelined);
  std::size_t at = 0;
  for (int i = 0; i < 20; ++i) {
    at = answer.find(i % 3 == 0 ? std::string("worked") : fmt::format("n{}", i), at);
    REQUIRE(at != std::string::npos);
  }
  CHECK(answer.ends_with("last"));
}

TEST_CASE("http: targets are decoded once, segment by segment", "[platform][http]") {
  const Fixture fixture;
  CHECK(fixture.get("/things/c%2F1").ends_with("\r\n\r\nc/1"));
  CHECK(fixture.get("/things/%D1%97").ends_with("ї"));
  CHECK(fixture.get("/things/a%2500").ends_with("a%00"));
  for (const auto* bad : {"/things/a%00b", "/things/%C0%A0", "/things/%zz", "/things/x?a=1&a=2"}) {
    INFO(bad);
    CHECK(fixture.get(bad).starts_with("HTTP/1.1 400"));
  }
  CHECK(fixture.get("/things/").starts_with("HTTP/1.1 404"));
  Request bare;
  REQUIRE(parse_target("/v1/clients?", bare));
  CHECK(bare.query.empty());
  CHECK(fixture.get("/nothing").starts_with("HTTP/1.1 404"));
  const std::string refused =
      fixture.ask("DELETE /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  CHECK(refused.starts_with("HTTP/1.1 405"));
  CHECK(refused.find(R"("status":405)") != std::string::npos);
  CHECK(refused.find("Allow: POST\r\n") != std::string::npos);
  // Who answers GET answers HEAD, and a method of two routes that fit is told once.
  const std::string reads =
      fixture.ask("DELETE /things/named HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  CHECK(reads.find("Allow: GET, HEAD\r\n") != std::string::npos);
}

TEST_CASE("http: a parameter that is repeated is refused, but to those who deliver to us",
          "[platform][http]") {
  Request delivery;
  REQUIRE(parse_target("/v1/hooks/twilio/s?To=a&To=a&to=b", delivery));
  CHECK(delivery.query ==
        std::vector<std::pair<std::string, std::string>>{{"To", "a"}, {"To", "a"}, {"to", "b"}});
  CHECK(delivery.parameter("To") == "a");
  for (const auto* ours : {"/v1/clients?a=1&a=2", "/v1/hooks?a=1&a=1", "/hooks/x?a=1&a=1"}) {
    Request request;
    const auto status = parse_target(ours, request);
    REQUIRE_FALSE(status);
    CHECK(status.error().field == "a");
  }
}

TEST_CASE("http: what is over a limit is refused", "[platform][http]") {
  const Fixture fixture;
  CHECK(fixture
            .ask(fmt::format("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: {}\r\n\r\n",
                             limits::kHttpBodyBytesMax + 1))
            .starts_with("HTTP/1.1 413"));
  CHECK(fixture
            .ask(fmt::format("GET /worker HTTP/1.1\r\nHost: x\r\nX: {}\r\n\r\n",
                             std::string(limits::kHttpHeaderBytesMax, 'x')))
            .starts_with("HTTP/1.1 431"));
  CHECK(fixture.ask("NONSENSE\r\n\r\n").starts_with("HTTP/1.1 400"));
  CHECK(fixture.server->counters().refused >= 3);
}

TEST_CASE("http: a client that trickles is hung up on, however busy it looks", "[platform][http]") {
  const Fixture fixture(hasty());
  const auto start = std::chrono::steady_clock::now();
  SECTION("in the header") {
    const Connection connection(fixture.server->port());
    connection.send("GET /worker HTTP/1.1\r\n");
    CHECK(connection.read().empty());
  }
  SECTION("in the body, a byte at a time") {
    const Connection connection(fixture.server->port());
    connection.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n");
    // Each byte would renew a deadline that is set per read.
    auto drip = std::async(std::launch::async, [&] {
      for (int i = 0; i < 100; ++i) {
        connection.send("x");
        pollfd pause{-1, 0, 0};
        ::poll(&pause, 1, 20);
      }
    });
    CHECK(connection.read().empty());
    drip.wait();
  }
  SECTION("idle between requests") {
    const Connection connection(fixture.server->port());
    connection.send("GET /worker HTTP/1.1\r\nHost: x\r\n\r\n");
    CHECK(connection.read().ends_with("worked"));
  }
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(8));
  CHECK(fixture.echoed == 0);
}

TEST_CASE("http: every request gets one answer, also from a handler with a bug",
          "[platform][http]") {
  const Fixture fixture;
  CHECK(fixture.get("/dropped").starts_with("HTTP/1.1 500"));
  CHECK(fixture.get("/throws").starts_with("HTTP/1.1 500"));
  CHECK(fixture.get("/worker").starts_with("HTTP/1.1 200"));
}

TEST_CASE("http: a reply that comes when the server has gone is dropped", "[platform][http]") {
  std::promise<Reply> kept;
  std::promise<Reply> forgotten;
  Router router;
  router.add("GET", "/kept", RunOn::kInline,
             Handler([&](const Request&, const Reply& reply) { kept.set_value(reply); }));
  router.add("GET", "/forgotten", RunOn::kWorker,
             Handler([&](const Request&, const Reply& reply) { forgotten.set_value(reply); }));
  auto server = Server::start(Server::defaults("127.0.0.1:0"), router).value();
  const Connection first(server->port());
  const Connection second(server->port());
  first.send("GET /kept HTTP/1.1\r\nHost: x\r\n\r\n");
  second.send("GET /forgotten HTTP/1.1\r\nHost: x\r\n\r\n");
  Reply late = kept.get_future().get();
  Reply never = forgotten.get_future().get();
  server.reset();
  // The connections went with the server, not with what is still held of it.
  CHECK(first.read().empty());
  CHECK(second.read().empty());
  late({200, "text/plain", "too late"});
  never = {};
  late = {};
}

TEST_CASE("http: HEAD has the header of GET and no body; 100-continue is answered",
          "[platform][http]") {
  const Fixture fixture;
  const std::string head =
      fixture.ask("HEAD /things/abc HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  CHECK(head.find("Content-Length: 3") != std::string::npos);
  CHECK(head.ends_with("\r\n\r\n"));
  const Connection connection(fixture.server->port());
  connection.send(
      "POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nConnection: "
      "close\r\nContent-Length: 2\r\n\r\n");
  CHECK(connection.read([](const std::string& all) { return all.ends_with("\r\n\r\n"); })
            .starts_with("HTTP/1.1 100"));
  connection.send("ok");
  CHECK(connection.read().ends_with("ok"));
}

TEST_CASE("http: a long body comes whole, in chunks or to the end of an old connection",
          "[platform][http]") {
  const Fixture fixture;
  auto client = Client::to(fmt::format("http://127.0.0.1:{}", fixture.server->port())).value();
  std::size_t bytes = 0;
  const auto answer =
      client.stream({.path = "/stream"}, [&](std::string_view piece) { bytes += piece.size(); });
  REQUIRE(answer);
  CHECK(answer->status == 200);
  CHECK(bytes == 40 * 256 * 1024);
  const std::string old = fixture.ask("GET /stream HTTP/1.0\r\n\r\n");
  CHECK(old.size() > 40 * 256 * 1024);
  CHECK(old.find("chunked") == std::string::npos);
}

TEST_CASE("http: more work than the pool takes is answered 503 at once", "[platform][http]") {
  std::promise<void> gate;
  const auto open = gate.get_future().share();
  Router router;
  router.add("GET", "/slow", RunOn::kWorker, [open](const Request&) {
    open.wait();
    return Response{200, "text/plain", "done"};
  });
  const auto server = Server::start(Server::defaults("127.0.0.1:0"), router).value();
  std::vector<std::unique_ptr<Connection>> connections;
  for (std::size_t i = 0; i < limits::kHttpWorkerQueueMax; ++i) {
    connections.push_back(std::make_unique<Connection>(server->port()));
    connections.back()->send("GET /slow HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  }
  // All of them are in the pool once one more is turned away.
  std::string refused;
  for (int i = 0; i < 200 && !refused.starts_with("HTTP/1.1 503"); ++i) {
    if (server->counters().requests < limits::kHttpWorkerQueueMax) {
      pollfd pause{-1, 0, 0};
      ::poll(&pause, 1, 20);
      continue;
    }
    const Connection connection(server->port());
    connection.send("GET /slow HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    refused = connection.read();
  }
  CHECK(refused.starts_with("HTTP/1.1 503"));
  CHECK(refused.find("Retry-After") != std::string::npos);
  gate.set_value();
  for (const auto& connection : connections) CHECK(connection->read().ends_with("done"));
}

TEST_CASE("http: addresses that cannot be listened on are named", "[platform][http]") {
  const Router router;
  for (const auto* bad : {"nonsense", "127.0.0.1", "127.0.0.1:x", "127.0.0.1:70000", ":80"}) {
    const auto server = Server::start(Server::defaults(bad), router);
    INFO(bad);
    REQUIRE_FALSE(server);
    CHECK(server.error().code == ErrorCode::kMisconfigured);
  }
  const auto first = Server::start(Server::defaults("127.0.0.1:0"), router).value();
  const auto second =
      Server::start(Server::defaults(fmt::format("127.0.0.1:{}", first->port())), router);
  REQUIRE_FALSE(second);
  CHECK(second.error().message.find("in use") != std::string::npos);
}
