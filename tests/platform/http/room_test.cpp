// Goal: a server out of descriptors waits for room and goes on. Method: a connection that the
// system has taken and the process has no descriptor left for.
#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <thread>

#include "platform/http/server.h"
#include "tests/platform/http/connection.h"
#include "tests/support/catch.h"

using namespace ledger;

// UBSan looks at memory through a pipe, for which it needs descriptors itself: it would take
// whatever it cannot look at for corrupt.
#if defined(__has_feature)
#if __has_feature(undefined_behavior_sanitizer)
#define LEDGER_LOOKS_THROUGH_PIPES
#endif
#endif

#ifndef LEDGER_LOOKS_THROUGH_PIPES

TEST_CASE("http: out of descriptors it waits for room and goes on", "[platform][http]") {
  http::Router router;
  router.add("GET", "/", http::RunOn::kInline,
             [](const http::Request&) { return http::Response{200, "text/plain", "here"}; });
  const auto server = http::Server::start(http::Server::defaults("127.0.0.1:0"), router).value();

  const int next = ::fcntl(0, F_DUPFD, 0);
  REQUIRE(next > 0);
  ::close(next);
  rlimit before{};
  REQUIRE(::getrlimit(RLIMIT_NOFILE, &before) == 0);
  const rlimit tight{static_cast<rlim_t>(next) + 1, before.rlim_max};
  REQUIRE(::setrlimit(RLIMIT_NOFILE, &tight) == 0);
  const testing::Connection connection(server->port());  // takes the last one
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (server->counters().refused == 0 && std::chrono::steady_clock::now() < deadline) {
    std::this_thread::yield();
  }
  const auto waited = server->counters().refused;
  REQUIRE(::setrlimit(RLIMIT_NOFILE, &before) == 0);

  CHECK(waited > 0);
  connection.send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  CHECK(connection.read().ends_with("here"));
}
#endif
