#include "consumers/client/monitor.h"

#include "platform/http/client.h"
#include "tests/support/catch.h"

using namespace ledger;

TEST_CASE("monitor: figures are read when they are asked for", "[client]") {
  double figure = 1;
  const auto monitor = Monitor::start("127.0.0.1:0", [&](Metrics& metrics) {
    metrics.gauge("things", "How many there are.", {}, [&] { return figure; });
  });
  REQUIRE(monitor);
  REQUIRE(*monitor);
  auto client = http::Client::to("http://127.0.0.1:" + std::to_string((*monitor)->port()));
  REQUIRE(client);
  figure = 2;
  const auto told = client->send({.path = "/metrics"});
  REQUIRE(told);
  CHECK(told->status == 200);
  CHECK(told->body.find("\nthings 2\n") != std::string::npos);
  const auto alive = client->send({.path = "/healthz"});
  REQUIRE(alive);
  CHECK(alive->status == 200);
}

TEST_CASE("monitor: without an address there is none", "[client]") {
  const auto monitor = Monitor::start("", [](Metrics&) { FAIL("nobody watches"); });
  REQUIRE(monitor);
  CHECK(*monitor == nullptr);
}

TEST_CASE("monitor: an address that cannot be bound is refused by its setting", "[client]") {
  const auto first = Monitor::start("127.0.0.1:0", [](Metrics&) {});
  REQUIRE(first);
  const auto second =
      Monitor::start("127.0.0.1:" + std::to_string((*first)->port()), [](Metrics&) {});
  REQUIRE_FALSE(second);
  CHECK(second.error().code == ErrorCode::kMisconfigured);
  CHECK(second.error().field == "metrics");
}
