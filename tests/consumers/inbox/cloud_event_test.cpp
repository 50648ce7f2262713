// Goal: a record is read as the event that its sender wrote, in either content mode, or refused
// with field and reason. Method: records as values, against the Kafka protocol binding of
// CloudEvents.
#include "consumers/inbox/cloud_event.h"

#include "tests/events/spelled.h"
#include "tests/support/catch.h"

using namespace ledger;
using ledger::testing::verdict;

namespace {

using Headers = std::vector<std::pair<std::string, std::string>>;

constexpr const char* kData = R"({"client_id":"c-1","manager_id":"m-1","channel":"other"})";

std::string structured() {
  return R"({"specversion":"1.0","id":"a","source":"crm","type":"org.salesledger.lead.found.v1","time":"2026-11-24T08:00:00Z","data":)" +
         std::string(kData) + "}";
}

Headers binary_headers() {
  return {{"ce_specversion", "1.0"},
          {"ce_id", "a"},
          {"ce_source", "crm"},
          {"ce_type", "org.salesledger.lead.found.v1"},
          {"ce_time", "2026-11-24T08:00:00Z"},
          {"content-type", "application/json"}};
}

Result<Submission> read(Headers headers, std::optional<std::string> value) {
  JsonCodec codec;
  return inbox::to_submission({0, 0, std::move(headers), std::move(value)}, codec);
}

}  // namespace

TEST_CASE("inbox: both content modes give the same event", "[consumers][inbox]") {
  const auto whole = read({{"content-type", "application/cloudevents+json"}}, structured());
  const auto split = read(binary_headers(), kData);
  REQUIRE(whole);
  REQUIRE(split);
  CHECK(whole->id == "a");
  CHECK(whole->source == "crm");
  CHECK(encode_submission(*whole) == encode_submission(*split));
}

TEST_CASE("inbox: a content type is read as HTTP reads it", "[consumers][inbox]") {
  for (const auto* type : {"application/cloudevents+json; charset=UTF-8",
                           "Application/CloudEvents+JSON", "application/cloudevents+json ;a=b"}) {
    INFO(type);
    CHECK(verdict(read({{"Content-Type", type}}, structured())) == "ok");
  }
  for (const auto* type : {"application/cloudevents-batch+json", "application/cloudevents+avro",
                           "text/plain", "application/json"}) {
    INFO(type);
    CHECK(verdict(read({{"content-type", type}}, structured())) ==
          "unsupported-media-type content-type");
  }
  CHECK(verdict(read({}, structured())) == "unsupported-media-type content-type");
}

TEST_CASE("inbox: binary mode takes JSON, said or not, and nothing else", "[consumers][inbox]") {
  auto headers = binary_headers();
  headers.back().second = "application/json; charset=utf-8";
  CHECK(verdict(read(headers, kData)) == "ok");
  headers.pop_back();
  CHECK(verdict(read(headers, kData)) == "ok");
  headers.emplace_back("content-type", "application/xml");
  CHECK(verdict(read(headers, kData)) == "unsupported-media-type content-type");
}

TEST_CASE("inbox: what is no event names what is wrong with it", "[consumers][inbox]") {
  CHECK(verdict(read(binary_headers(), std::nullopt)) == "missing-field value");  // a tombstone
  auto headers = binary_headers();
  headers.emplace_back("CE_ID", "b");
  CHECK(verdict(read(headers, kData)) == "duplicate-name ce_id");
  headers = binary_headers();
  headers[1].second.clear();
  CHECK(verdict(read(headers, kData)) == "missing-field id");
  CHECK(verdict(read({{"content-type", "application/cloudevents+json"}}, "{")) == "malformed");
  CHECK(verdict(read(binary_headers(), "")) == "malformed");
  CHECK(verdict(read(binary_headers(), R"({"client_id":"c-1"})")) ==
        "missing-field data.manager_id");
  headers = binary_headers();
  headers[2].second = "\xc0\xa0";
  CHECK_FALSE(read(headers, kData));
}
