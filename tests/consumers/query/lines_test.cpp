// Goal: a list in lines is the items of all its pages, as they stand there, and never shorter in
// silence. Method: pages of the test's own, and a house for what a route does with it.
#include "consumers/query/lines.h"

#include <fmt/format.h>

#include "platform/cursor.h"
#include "tests/support/catch.h"
#include "tests/support/house.h"

using namespace ledger;
using http::Response;
using ledger::testing::House;

namespace {

constexpr std::string_view kPattern = "/v1/clients";

Response page(const std::string& items, const std::string& next = "") {
  const std::string cursor =
      next.empty() ? "" : fmt::format(R"(,"next_cursor":"{}")", seal_cursor(kPattern, next));
  return {200, "application/json",
          fmt::format(R"({{"position":"1","clients":[{}],"total":7{}}})", items, cursor)};
}

std::string whole(const Response& response) {
  std::string text;
  std::string chunk;
  while (response.stream(chunk)) {
    text += chunk;
    chunk.clear();
  }
  return text;
}

http::Request asking(std::string_view accept) {
  http::Request request;
  request.method = "GET";
  request.segments = {"v1", "clients"};
  request.headers.emplace_back("accept", accept);
  return request;
}

}  // namespace

TEST_CASE("lines: the items of all pages, byte for byte, in their order", "[query]") {
  std::vector<std::string> places;
  const auto answer =
      in_lines(kPattern, page(R"({"a": 1.50, "b":"]}\"" },{"c":[{"d":{}}]})", "two"),
               [&](std::string place) -> Result<Response> {
                 places.push_back(place);
                 if (place == "two") return page("", "three");  // all of it was filtered out
                 return page(R"({"e":"є"})");
               })
          .value();
  CHECK(answer.content_type == "application/x-ndjson");
  CHECK(answer.body.find("\"total\":7") != std::string::npos);  // what a witness looks at
  CHECK(whole(answer) == "{\"a\": 1.50, \"b\":\"]}\\\"\" }\n{\"c\":[{\"d\":{}}]}\n{\"e\":\"є\"}\n");
  CHECK(places == std::vector<std::string>{"two", "three"});
}

TEST_CASE("lines: a list that is cut says so in its last line", "[query]") {
  const auto cut =
      in_lines(kPattern, page(R"({"a":1})", "two"), [](const std::string&) -> Result<Response> {
        return fail(ErrorCode::kUnavailable, "gone");
      }).value();
  CHECK(whole(cut) == "{\"a\":1}\n{\"error\":\"the list could not be read to its end: gone\"}\n");
  const auto refused =
      in_lines(kPattern, http::forbidden("not yours"), [](const std::string&) { return page(""); });
  CHECK(refused->status == 403);
  CHECK_FALSE(refused->stream);
}

TEST_CASE("lines: by what is liked best, and only where there is a list", "[query]") {
  for (const auto* accept : {"application/x-ndjson", "application/x-ndjson, */*;q=0.1",
                             "application/x-ndjson, application/json;q=0.9"}) {
    CHECK(wants_lines(kPattern, asking(accept)));
  }
  for (const auto* accept :
       {"", "*/*", "application/json", "application/json, application/x-ndjson",
        "text/csv, application/x-ndjson;q=0.5"}) {
    CHECK_FALSE(wants_lines(kPattern, asking(accept)));
  }
  CHECK_FALSE(wants_lines("/v1/quotas", asking("application/x-ndjson")));
  auto by_format = asking("application/x-ndjson");
  by_format.query.emplace_back("format", "csv");
  CHECK_FALSE(wants_lines(kPattern, by_format));
}

TEST_CASE("lines: a route's pages of one snapshot, however many there are", "[query]") {
  House house("2026-11-25T15:00:00Z", 1);
  constexpr int kClients = 2100;  // three pages at most
  for (int first = 0; first < kClients; first += 300) {
    std::string batch;
    for (int i = first; i < first + 300; ++i) {
      batch += fmt::format(
          R"({}{{"specversion":"1.0","id":"{}","source":"t","time":"2026-11-02T08:00:00Z","type":"org.salesledger.client.registered.v1","data":{{"client_id":"c-{:04}","name":"Лан"}}}})",
          batch.empty() ? "[" : ",", i, i);
    }
    REQUIRE(house.post_batch(batch + "]").status == 201);
  }
  const auto answer = house.router().call(asking("application/x-ndjson"));
  REQUIRE(answer.status == 200);
  const std::string text = whole(answer);
  CHECK(std::count(text.begin(), text.end(), '\n') == kClients);
  CHECK(text.find("\"c-0000\"") < text.find("\"c-1500\""));
  CHECK(text.find("\"c-2099\"") != std::string::npos);
  bool says_position = false;
  for (const auto& [name, value] : answer.headers) {
    says_position = says_position || (name == "ledger-position" && value == "2100");
  }
  CHECK(says_position);
  for (const auto* name : {"limit", "cursor"}) {
    auto paged = asking("application/x-ndjson");
    paged.query.emplace_back(name, "1");
    const auto refused = house.router().call(paged);
    CHECK(refused.status == 422);
    CHECK(refused.body.find(fmt::format("\"field\":\"{}\"", name)) != std::string::npos);
  }
}
