// Goal: many clients at once are each answered for their own letters, and a stop leaves nobody
// without a word. Method: real sockets on loopback, a scripted ledger.
#include "consumers/ledger-mail/server.h"

#include <unistd.h>

#include <set>

#include "tests/consumers/ledger-mail/scripted_ledger.h"
#include "tests/support/catch.h"
#include "tests/support/temporary_directory.h"

using namespace ledger;

namespace {

using std::chrono::milliseconds;
constexpr milliseconds kPatience{20'000};

class Client {
 public:
  explicit Client(const std::string& address)
      : stream_(TcpStream::connect(address, kPatience).value()) {}
  void say(const std::string& text) { REQUIRE(stream_.write(text, kPatience)); }
  // All up to a line that begins so; empty if the connection ends before.
  std::string hear(const std::string& line) {
    std::string heard;
    while (("\n" + heard).find("\n" + line) == std::string::npos || !heard.ends_with("\r\n")) {
      const auto bytes = stream_.read(kPatience);
      if (!bytes || bytes->empty()) return {};
      heard += *bytes;
    }
    return heard;
  }
  bool is_closed() { return !stream_.read(kPatience).has_value(); }

 private:
  TcpStream stream_;
};

std::string letter(int number, std::size_t bytes) {
  return fmt::format(
      "MAIL FROM:<o@firm.ua>\r\nRCPT TO:<x@ledger.invalid>\r\nDATA\r\nFrom: o@firm.ua\r\n"
      "To: a@one.ua\r\nDate: Thu, 26 Nov 2026 09:00:00 +0000\r\nMessage-ID: <{}@firm.ua>\r\n\r\n"
      "{}\r\n.\r\n",
      number, std::string(bytes, 'x'));
}

struct Running {
  explicit Running(std::size_t connections_max) {
    options.data = directory.path();
    options.server = ledger.url();
    options.host = "ledger.lan";
    options.connections_max = connections_max;
    for (int port = 20'000 + getpid() % 20'000; !server; ++port) {
      options.listen = fmt::format("127.0.0.1:{}", port);
      auto started = gateway::Server::start(options, counters, clock);
      if (started) server = *std::move(started);
    }
  }
  gateway::ScriptedLedger ledger;
  ledger::testing::TemporaryDirectory directory;
  gateway::GatewayOptions options;
  gateway::Counters counters;
  FixedClock clock{parse_timestamp("2026-11-26T10:00:00Z").value()};
  std::unique_ptr<gateway::Server> server;
};

}  // namespace

TEST_CASE("gateway: many clients at once, each answered for its own letters") {
  Running running(8);
  std::atomic<int> answered = 0;
  {
    std::vector<std::jthread> threads;
    for (int client = 0; client < 6; ++client) {
      threads.emplace_back([&, client] {
        Client one(running.options.listen);
        one.say("LHLO x\r\n");
        for (int i = 0; i < 5; ++i) {
          // Some fit into memory, some lie in a file.
          one.say(letter(client * 10 + i, i % 2 == 0 ? 10 : 300'000));
          if (!one.hear("250 2.0.0 <x@ledger.invalid> recorded").empty()) ++answered;
        }
        one.say("QUIT\r\n");
        one.hear("221");
      });
    }
  }
  CHECK(answered == 30);
  running.server.reset();
  const auto& recorded = running.ledger.recorded;
  CHECK(std::set<std::string>(recorded.begin(), recorded.end()).size() == 30);
  CHECK(running.counters.recorded == 30);
  CHECK(running.counters.open == 0);
}

TEST_CASE("gateway: a letter that is refused for the size that was told is counted") {
  Running running(2);
  Client client(running.options.listen);
  client.say("LHLO x\r\nMAIL FROM:<o@firm.ua> SIZE=99000000\r\n");
  CHECK_FALSE(client.hear("552 5.3.4").empty());
  client.say(letter(1, 10) + "QUIT\r\n");
  CHECK_FALSE(client.hear("221").empty());
  CHECK(running.counters.too_large == 1);
  CHECK(running.counters.recorded == 1);
}

TEST_CASE("gateway: one client too many is turned away, and a stop is said to all") {
  Running running(2);
  Client first(running.options.listen);
  Client second(running.options.listen);
  CHECK_FALSE(first.hear("220 ledger.lan").empty());
  CHECK_FALSE(second.hear("220 ledger.lan").empty());
  Client third(running.options.listen);
  CHECK(third.hear("421").starts_with("421 4.3.2"));
  CHECK(third.is_closed());
  second.say("LHLO x\r\nMAIL FROM:<a@b.c>\r\nRCPT TO:<d@e.f>\r\nDATA\r\nhalf a let");
  CHECK_FALSE(second.hear("354").empty());
  running.server.reset();
  CHECK(first.hear("421").starts_with("421 4.3.2"));
  CHECK_FALSE(second.hear("421").empty());
  CHECK(running.counters.broken == 1);
  CHECK(running.ledger.recorded.empty());
}

TEST_CASE("gateway: an address that is taken is said") {
  Running running(2);
  const auto again = gateway::Server::start(running.options, running.counters, running.clock);
  REQUIRE_FALSE(again);
  CHECK(again.error().code == ErrorCode::kMisconfigured);
  CHECK(again.error().field == "listen");
}
