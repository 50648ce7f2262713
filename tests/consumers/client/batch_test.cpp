// Goal: nothing is taken for refused of which the ledger could not say so yet. Method: a ledger of
// one scripted answer on a free port.
#include "consumers/client/batch.h"

#include "platform/http/server.h"
#include "tests/support/catch.h"

using namespace ledger;

namespace {

Result<std::vector<cli::Verdict>> told(int status, const std::string& items) {
  http::Router router;
  router.add("POST", "/v1/events", http::RunOn::kInline, [&](const http::Request&) {
    return http::Response{status, "application/problem+json", R"({"items":[)" + items + "]}"};
  });
  const auto server = http::Server::start(http::Server::defaults("127.0.0.1:0"), router).value();
  auto client = http::Client::to("http://127.0.0.1:" + std::to_string(server->port())).value();
  return cli::post_batch(client, {"{}", "{}"});
}

constexpr const char* kRefused =
    R"({"status":422,"error":"invalid-field","field":"data.x","detail":"y","retriable":false})";

}  // namespace

TEST_CASE("batch: one that is refused leaves the others open where the ledger does", "[client]") {
  const auto open = told(
      422, std::string(kRefused) +
               R"(,{"status":503,"error":"unavailable","detail":"index behind","retriable":true})");
  REQUIRE_FALSE(open);
  CHECK(open.error().retriable());

  const auto said =
      told(422, std::string(kRefused) +
                    R"(,{"status":424,"error":"not-attempted","detail":"z","retriable":false})");
  REQUIRE(said);
  CHECK(said->at(0).kind == cli::Verdict::Kind::kRefused);
  CHECK(said->at(0).field == "data.x");
  CHECK(said->at(1).kind == cli::Verdict::Kind::kNotAttempted);
}
