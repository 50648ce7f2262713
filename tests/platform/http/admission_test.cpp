// Goal: what is refused by its head costs no body, and what all take together is bounded, without
// an answer being lost. Method: bytes over real sockets on loopback.
#include <fmt/format.h>

#include <atomic>

#include "platform/http/server.h"
#include "platform/http/shares.h"
#include "platform/limits.h"
#include "tests/platform/http/connection.h"

using namespace ledger;
using namespace ledger::http;
using ledger::testing::Connection;

namespace {

struct Door {
  Door() : Door(Server::defaults("127.0.0.1:0")) {}
  explicit Door(Server::Options options, Guard guard = {}) {
    router.set_guard(std::move(guard));
    router.add("POST", "/echo", RunOn::kInline, [this](const Request& request) {
      ++echoed;
      return Response{200, "text/plain", request.body};
    });
    router.add("GET", "/evil", RunOn::kInline, [this](const Request&) {
      ++smuggled;
      return Response{200, "text/plain", "reached"};
    });
    router.add("GET", "/worker", RunOn::kWorker,
               [](const Request&) { return Response{200, "text/plain", "worked"}; });
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

TEST_CASE("http: route and guard answer before the body is read", "[platform][http]") {
  const Door door(
      Server::defaults("127.0.0.1:0"), [](Request& request, std::string_view, std::string_view) {
        return request.header("authorization").empty() ? std::optional(unauthenticated("say who"))
                                                       : std::nullopt;
      });
  struct Case {
    const char* line;
    const char* status;
  };
  for (const auto& item :
       {Case{"POST /nowhere", "HTTP/1.1 404"}, Case{"POST /evil", "HTTP/1.1 405"},
        Case{"POST /echo", "HTTP/1.1 401"}, Case{"POST /%zz", "HTTP/1.1 400"}}) {
    INFO(item.line);
    // Not a byte of the body has come.
    const std::string large = door.ask(
        fmt::format("{} HTTP/1.1\r\nHost: x\r\nContent-Length: 8000000\r\n\r\n", item.line));
    CHECK(large.starts_with(item.status));
    CHECK(large.find("Connection: close") != std::string::npos);
    CHECK(door.ask(fmt::format("{} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n",
                               item.line))
              .starts_with(item.status));
    const std::string asked = door.ask(fmt::format(
        "{} HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n", item.line));
    CHECK(asked.starts_with(item.status));
    CHECK(asked.find("Connection: close") != std::string::npos);
  }
  CHECK(door.echoed == 0);
}

TEST_CASE("http: a refusal reaches who sends all before he listens, and small ones end nothing",
          "[platform][http]") {
  const Door door;
  const std::string body(limits::kHttpBodyBytesMax - 1, 'x');
  CHECK(door.ask(fmt::format("POST /nowhere HTTP/1.1\r\nHost: x\r\nContent-Length: {}\r\n\r\n{}",
                             body.size(), body))
            .starts_with("HTTP/1.1 404"));
  const std::string both =
      door.ask("POST /nowhere HTTP/1.1\r\nHost: x\r\nContent-Length: 30\r\n\r\n" +
               std::string(kEvil.substr(0, 30)) +
               "POST /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: "
               "4\r\n\r\nnext");
  CHECK(both.starts_with("HTTP/1.1 404"));
  CHECK(both.ends_with("next"));
  CHECK(door.smuggled == 0);
}

TEST_CASE("http: a route takes bodies as large as is said of it", "[platform][http]") {
  auto options = Server::defaults("127.0.0.1:0");
  options.body_bytes_max = [](std::string_view, std::string_view pattern) -> std::size_t {
    return pattern == "/echo" ? 4 : limits::kHttpBodyBytesMax;
  };
  const Door door(std::move(options));
  constexpr std::string_view kHead = "POST /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\n";
  CHECK(door.ask(fmt::format("{}Content-Length: 4\r\n\r\nfour", kHead)).ends_with("four"));
  const std::string five = door.ask(fmt::format("{}Content-Length: 5\r\n\r\n", kHead));
  CHECK(five.starts_with("HTTP/1.1 413"));
  CHECK(five.find("at most 4 bytes") != std::string::npos);
  CHECK(door.ask(fmt::format("{}Transfer-Encoding: chunked\r\n\r\n4\r\nfour\r\n0\r\n\r\n", kHead))
            .ends_with("four"));
  CHECK(door.ask(fmt::format("{}Transfer-Encoding: chunked\r\n\r\n3\r\nfou\r\n2\r\nrs\r\n", kHead))
            .starts_with("HTTP/1.1 413"));
  CHECK(door.echoed == 2);
}

TEST_CASE("http: all bodies together take no more than there is for them", "[platform][http]") {
  const Door door;
  const std::string head = fmt::format(
      "POST /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {}\r\n\r\n",
      limits::kHttpBodyBytesMax);
  const auto continues = [](const std::string& all) { return all.ends_with("\r\n\r\n"); };
  const std::string waiting = fmt::format(
      "POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: {}\r\n\r\n",
      limits::kHttpBodyBytesMax);
  std::vector<std::unique_ptr<Connection>> waiters;
  for (int i = 0; i < 16; ++i) {
    waiters.push_back(std::make_unique<Connection>(door.server->port()));
    waiters.back()->send(waiting);
    CHECK(waiters.back()->read(continues).starts_with("HTTP/1.1 100"));
  }
  CHECK(door.ask(head).starts_with("HTTP/1.1 503"));
  // Small ones are taken all the same, and large ones again when one of the others is answered.
  CHECK(
      door.ask("POST /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok")
          .ends_with("ok"));
  const std::string body(limits::kHttpBodyBytesMax, 'x');
  waiters.front()->send(body);
  CHECK(waiters.front()
            ->read([](const std::string& all) { return all.ends_with("xx"); })
            .starts_with("HTTP/1.1 200"));
  CHECK(door.ask(head + body).starts_with("HTTP/1.1 200"));
}

TEST_CASE("http: one address has so many connections, a trusted proxy as many as it needs",
          "[platform][http]") {
  auto options = Server::defaults("127.0.0.1:0");
  options.connections_per_address_max = 3;
  const bool trusted = GENERATE(false, true);
  if (trusted) options.trusted_proxies = TrustedProxies::parse({"127.0.0.1"}).value();
  const Door door(std::move(options));
  const auto answered = [](const std::string& all) { return all.ends_with("worked"); };
  std::vector<std::unique_ptr<Connection>> open;
  for (int i = 0; i < 3; ++i) {
    open.push_back(std::make_unique<Connection>(door.server->port()));
    open.back()->send("GET /worker HTTP/1.1\r\nHost: x\r\n\r\n");
    REQUIRE(open.back()->read(answered).ends_with("worked"));
  }
  CHECK(door.get("/worker").starts_with(trusted ? "HTTP/1.1 200" : "HTTP/1.1 503"));
  if (trusted) return;
  // Free again when one has gone, which the server sees a moment later.
  open.pop_back();
  std::string answer;
  while (!answer.starts_with("HTTP/1.1 200")) answer = door.get("/worker");
}

TEST_CASE("http: who has a /64 of IPv6 is one address, and a place that is left is free",
          "[platform][http]") {
  detail::ConnectionCounts counts(2);
  auto first = counts.take("2001:db8:0:1::1");
  const auto second = counts.take("2001:db8:0:1:ffff::2");
  CHECK(second);
  CHECK_FALSE(counts.take("2001:db8:0:1::3"));
  CHECK(counts.take("2001:db8:0:2::1"));
  CHECK(counts.take("192.0.2.7"));
  first.reset();
  CHECK(counts.take("2001:db8:0:1::3"));
}
